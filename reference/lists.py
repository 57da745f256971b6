"""What make.py needs and no workbook says: regions, reorganisations, recodings, catalogues."""

REGIONS = {
    "E12000001": "North East",
    "E12000002": "North West",
    "E12000003": "Yorkshire and The Humber",
    "E12000004": "East Midlands",
    "E12000005": "West Midlands",
    "E12000006": "East of England",
    "E12000007": "London",
    "E12000008": "South East",
    "E12000009": "South West",
}

NATIONS = {
    "E92000001": "England",
    "K02000001": "United Kingdom",
    "K03000001": "Great Britain",
    "K04000001": "England and Wales",
    "N92000002": "Northern Ireland",
    "S92000003": "Scotland",
    "W92000004": "Wales",
}

# Unitary councils and counties whose region no workbook gives by code or name.
REGION_OF_UNITARY = {
    "E06000047": "North East",
    "E06000048": "North East",
    "E06000053": "South West",
    "E06000055": "East of England",
    "E06000058": "South West",
    "E06000059": "South West",
    "E06000060": "South East",
    "E06000061": "East Midlands",
    "E06000062": "East Midlands",
    "E06000063": "North West",
    "E06000064": "North West",
    "E06000065": "Yorkshire and The Humber",
    "E06000066": "South West",
    "E07000246": "South West",
}

# Counties that ended.
OLD_COUNTIES = {
    "E10000001": ("Bedfordshire", "East of England"),
    "E10000002": ("Buckinghamshire", "South East"),
    "E10000004": ("Cheshire", "North West"),
    "E10000005": ("Cornwall", "South West"),
    "E10000006": ("Cumbria", "North West"),
    "E10000009": ("Dorset", "South West"),
    "E10000010": ("Durham", "North East"),
    "E10000021": ("Northamptonshire", "East Midlands"),
    "E10000022": ("Northumberland", "North East"),
    "E10000023": ("North Yorkshire", "Yorkshire and The Humber"),
    "E10000026": ("Shropshire", "West Midlands"),
    "E10000027": ("Somerset", "South West"),
    "E10000033": ("Wiltshire", "South West"),
}

# Districts that ended in 2009, before the fly-tipping returns begin.
OLD_DISTRICTS_2009 = {
    code: (name, region)
    for region, named in {
        "East of England": {"E07000001": "Mid Bedfordshire", "E07000002": "Bedford", "E07000003": "South Bedfordshire"},
        "North West": {
            "E07000013": "Chester",
            "E07000014": "Congleton",
            "E07000015": "Crewe and Nantwich",
            "E07000016": "Ellesmere Port and Neston",
            "E07000017": "Macclesfield",
            "E07000018": "Vale Royal",
        },
        "South West": {
            "E07000019": "Caradon",
            "E07000020": "Carrick",
            "E07000021": "Kerrier",
            "E07000022": "North Cornwall",
            "E07000023": "Penwith",
            "E07000024": "Restormel",
            "E07000230": "Kennet",
            "E07000231": "North Wiltshire",
            "E07000232": "Salisbury",
            "E07000233": "West Wiltshire",
        },
        "North East": {
            "E07000054": "Chester-le-Street",
            "E07000055": "Derwentside",
            "E07000056": "Durham",
            "E07000057": "Easington",
            "E07000058": "Sedgefield",
            "E07000059": "Teesdale",
            "E07000060": "Wear Valley",
            "E07000157": "Alnwick",
            "E07000158": "Berwick-upon-Tweed",
            "E07000159": "Blyth Valley",
            "E07000160": "Castle Morpeth",
            "E07000161": "Tynedale",
            "E07000162": "Wansbeck",
        },
        "West Midlands": {
            "E07000182": "Bridgnorth",
            "E07000183": "North Shropshire",
            "E07000184": "Oswestry",
            "E07000185": "Shrewsbury and Atcham",
            "E07000186": "South Shropshire",
        },
    }.items()
    for code, name in named.items()
}


def merged(*numbers):
    return [(f"E070{number:05d}", "MERGED") for number in numbers]


def county(code):
    """A county whose ground went to one successor: it had other services than the districts, so that its figures are not the
    successor's."""
    return [(code, "ABOLISHED")]


def part(code):
    return [(code, "SPLIT")]


def same(code):
    """A new code for the same council, after a small change of its boundary or of its legal form."""
    return [(code, "RENAMED")]


# By day: the new code, its name where no workbook has it, and the old codes with what became of each.
REORGANISED = {
    "2009-04-01": [
        ("E06000047", None, merged(*range(54, 61)) + county("E10000010")),
        ("E06000048", "Northumberland", merged(*range(157, 163)) + county("E10000022")),
        ("E06000049", None, merged(14, 15, 17) + part("E10000004")),
        ("E06000050", None, merged(13, 16, 18) + part("E10000004")),
        ("E06000051", None, merged(*range(182, 187)) + county("E10000026")),
        ("E06000052", None, merged(*range(19, 25)) + county("E10000005")),
        ("E06000053", "Isles of Scilly", same("E07000025")),
        ("E06000054", None, merged(*range(230, 234)) + county("E10000033")),
        ("E06000055", None, [("E07000002", "ABOLISHED")] + part("E10000001")),
        ("E06000056", None, merged(1, 3) + part("E10000001")),
    ],
    "2012-04-01": [
        ("E07000240", "St Albans", same("E07000100")),
        ("E07000241", "Welwyn Hatfield", same("E07000104")),
    ],
    "2013-04-01": [
        ("E06000057", "Northumberland", same("E06000048")),
        ("E07000242", "East Hertfordshire", same("E07000097")),
        ("E07000243", "Stevenage", same("E07000101")),
        ("E08000037", "Gateshead", same("E08000020")),
    ],
    "2019-04-01": [
        ("E06000058", None, [("E06000028", "MERGED"), ("E06000029", "MERGED")] + merged(48) + part("E10000009")),
        ("E06000059", None, merged(*range(49, 54)) + part("E10000009")),
        ("E07000244", None, merged(205, 206)),
        ("E07000245", None, merged(201, 204)),
        ("E07000246", "Somerset West and Taunton", merged(190, 191)),
    ],
    "2020-04-01": [("E06000060", None, merged(4, 5, 6, 7) + county("E10000002"))],
    "2021-04-01": [
        ("E06000061", None, merged(150, 152, 153, 156) + part("E10000021")),
        ("E06000062", None, merged(151, 154, 155) + part("E10000021")),
    ],
    "2023-04-01": [
        ("E06000063", None, merged(26, 28, 29) + part("E10000006")),
        ("E06000064", None, merged(27, 30, 31) + part("E10000006")),
        ("E06000065", None, merged(*range(163, 170)) + county("E10000023")),
        ("E06000066", None, merged(187, 188, 189, 246) + county("E10000027")),
    ],
}

# Old and new code, by day.
SCOTLAND_2018_2019 = {
    "2018-02-02": [("S12000015", "S12000047"), ("S12000024", "S12000048")],
    "2019-04-01": [("S12000046", "S12000049"), ("S12000044", "S12000050")],
}

# The Department for Education's names that are not the register's: another spelling, or a code where a name is of two.
BREAKS = {
    "Bedford Borough": "Bedford",
    "Bournemouth (Pre LG)": "Bournemouth",
    "Poole (Pre LG)": "Poole",
    "Dorset (Pre LG)": "E10000009",
    "Dorset": "E06000059",
    "Durham": "County Durham",
    "Herefordshire": "Herefordshire, County of",
    "Kingston Upon Hull, City of": "Kingston upon Hull, City of",
    "St. Helens": "St. Helens",
    "Buckinghamshire": "E06000060",
    "North Yorkshire": "E06000065",
    "Somerset": "E06000066",
    "Northumberland": "E06000057",
    "Cornwall": "E06000052",
    "Shropshire": "E06000051",
    "Wiltshire": "E06000054",
}

OURS = "Wording ours"
UNCHECKED = "Wording ours; from background knowledge, not checked against the source"


def oflog(code, title, theme, unit, better, service, **more):
    return {
        "code": code,
        "title": title,
        "outcome": theme,
        "unit": unit,
        "better is": better,
        "service area": service,
        "frequency": "Yearly",
        "source": "Oflog Data Explorer (closed)",
        "note": UNCHECKED,
        **more,
    }


def care(number, title, unit, decimals, better, published):
    """The seven that stand in the published file: direction and spelling are the file's."""
    more = {"decimals": decimals, "year": "Financial", "note": OURS, "written as": published}
    return oflog(f"ASC{number}", title, "Adult social care", unit, better, "Adult social care", **more)


OFLOG = [
    care(1, "Quality of life of carers", "Score", 1, "Higher", "Outcome, ASC Carer Quality of Life"),
    care(2, "Quality of life of people who use services", "Score", 3, "Higher", "Outcome, ASC Quality of Life"),
    care(3, "People who use services and find information easily", "Per cent", 1, "Higher",
         "Outcome, Ease of finding information about services : service users"),
    care(4, "Carers who find information easily", "Per cent", 1, "Higher", "Outcome, Ease of finding information about support : carers"),
    care(5, "Short-term services after which no more was needed", "Per cent", 1, "Higher",
         "Outcome, Outcome of short-term services: sequel to service"),
    care(6, "Requests that resulted in a service", "Rate per 100,000", 1, "No preference", "Outcome, Requests resulting in a service"),
    care(7, "Turnover of the social care workforce", "Per cent", 1, "No preference", "Outcome, Workforce turnover rate"),
    oflog("OFLOG-WASTE-1", "Household waste recycled", "Waste management", "Per cent", "Higher", "Waste collection"),
    oflog("OFLOG-WASTE-2", "Residual waste per household", "Waste management", "Kilograms per household", "Lower", "Waste collection"),
    oflog("OFLOG-WASTE-3", "Recycling rejected as contaminated", "Waste management", "Per cent", "Lower", "Waste collection"),
    oflog("OFLOG-PLAN-1", "Major applications decided on time", "Planning", "Per cent", "Higher", "Planning"),
    oflog("OFLOG-PLAN-2", "Non-major applications decided on time", "Planning", "Per cent", "Higher", "Planning"),
    oflog("OFLOG-PLAN-3", "Major decisions overturned on appeal", "Planning", "Per cent", "Lower", "Planning"),
    oflog("OFLOG-PLAN-4", "Non-major decisions overturned on appeal", "Planning", "Per cent", "Lower", "Planning"),
    oflog("OFLOG-ROADS-1", "A roads that need maintenance", "Roads", "Per cent", "Lower", "Highways"),
    oflog("OFLOG-ROADS-2", "B and C roads that need maintenance", "Roads", "Per cent", "Lower", "Highways"),
    oflog("OFLOG-SKILLS-1", "Adults who achieved in further education and skills", "Adult skills", "Rate per 100,000", "Higher", ""),
    oflog("OFLOG-SKILLS-2", "Adults who took part in further education and skills", "Adult skills", "Rate per 100,000", "Higher", ""),
    oflog("OFLOG-SKILLS-3", "Adults with a qualification at level 3 or above", "Adult skills", "Per cent", "Higher", ""),
    oflog("OFLOG-FIN-1", "Reserves as a share of net revenue spending", "Corporate and finance", "Per cent", "No preference", "Corporate"),
    oflog("OFLOG-FIN-2", "Reserves as a share of spending on services", "Corporate and finance", "Per cent", "No preference", "Corporate"),
    oflog("OFLOG-FIN-3", "Core spending power per dwelling", "Corporate and finance", "Pounds", "No preference", "Corporate"),
    oflog("OFLOG-FIN-4", "Council tax at band D", "Corporate and finance", "Pounds", "No preference", "Corporate"),
    oflog("OFLOG-FIN-5", "Council tax revenue per dwelling", "Corporate and finance", "Pounds", "No preference", "Corporate"),
    oflog("OFLOG-FIN-6", "Social care as a share of core spending power", "Corporate and finance", "Per cent", "No preference", "Corporate"),
    oflog("OFLOG-FIN-7", "Debt servicing as a share of core spending power", "Corporate and finance", "Per cent", "Lower", "Corporate"),
    oflog("OFLOG-FIN-8", "Total debt as a share of core spending power", "Corporate and finance", "Per cent", "Lower", "Corporate"),
    oflog("OFLOG-CORP-1", "Council tax collected", "Corporate and finance", "Per cent", "Higher", "Council tax"),
    oflog("OFLOG-CORP-2", "Business rates collected", "Corporate and finance", "Per cent", "Higher", "Business rates"),
    oflog("OFLOG-CORP-3", "Complaints upheld by the Ombudsman", "Corporate and finance", "Number", "Lower", "Corporate"),
]


def lof(code, title, outcome, unit, better, service, source="", **more):
    return {"code": code, "title": title, "outcome": outcome, "unit": unit, "better is": better, "service area": service,
            "source": source, "note": OURS, **more}


HOUSING, HOMELESS = "Housing quality", "Homelessness and rough sleeping"
STATUTORY = "MHCLG, statutory homelessness, detailed local authority tables"
SNAPSHOT = "MHCLG, annual rough sleeping snapshot"
UNNAMED = "The outcome is announced; its metrics are not recorded here. " + OURS

LOF = [
    lof("LOF-HQ-1", "Rented homes that are decent", HOUSING, "Per cent", "Higher", "Housing"),
    lof("LOF-HQ-2", "Homes with an energy rating of C or above", HOUSING, "Per cent", "Higher", "Housing"),
    lof("LOF-HQ-3", "Buildings whose remediation is done", HOUSING, "Per cent", "Higher", "Housing"),
    lof("LOF-HQ-4", "Homes of the council that are decent", HOUSING, "Per cent", "Higher", "Housing"),
    lof("LOF-HL-1", "Households with children in temporary accommodation", HOMELESS, "Rate per 1,000", "Lower", "Homelessness", STATUTORY),
    lof("LOF-HL-2", "Families in bed and breakfast for over six weeks", HOMELESS, "Number", "Lower", "Homelessness", STATUTORY),
    lof("LOF-HL-3", "Homelessness duties that ended in prevention or relief", HOMELESS, "Per cent", "Higher", "Homelessness", STATUTORY),
    lof("LOF-HL-4", "People sleeping rough on a single night", HOMELESS, "Number", "Lower", "Homelessness", SNAPSHOT),
    lof("LOF-HL-5", "People sleeping rough for over a month", HOMELESS, "Number", "Lower", "Homelessness"),
    lof("LOF-MD-1", "[Placeholder] Multiple disadvantage", "Multiple disadvantage", "", "", "", note=UNNAMED),
    lof("LOF-BS-1", "[Placeholder] Best start in life", "Best start in life", "", "", "", note=UNNAMED),
    lof("LOF-EC-1", "[Placeholder] Every child", "Every child", "", "", "", note=UNNAMED),
]
