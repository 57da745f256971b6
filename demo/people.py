"""One invented person for every role of a council (domain.md section 8), one who holds two, and the platform operator."""

OPERATOR = {"email": "platform.operator@golden-thread.example", "name": "Robin Ashdown (invented)", "grants": [{"role": "PLATFORM_OPERATOR", "scope_kind": "PLATFORM", "scope_ref": None}]}

# role: the invented person's name in each council
NAMES = {
    "COUNCIL_ADMINISTRATOR": ("Alex Fenland", "Jan Tamarside", "Sam Trentbridge"), "PERFORMANCE_TEAM": ("Priya Ouseley", "Tom Hartmoor", "Leila Castlegate"),
    "PROGRAMME_OFFICE": ("Chris Millpond", "Nadia Exeford", "Owen Lacemarket"), "DIRECTOR": ("Helen Warboys", "Grace Dartwood", "Marcus Forestfield"),
    "SERVICE_MANAGER": ("Dev Brampton", "Isla Torrhill", "Kemi Sherwin"), "DATA_PROVIDER": ("Joe Kimbolt", "Beth Lynmoor", "Rafi Bulwell"),
    "STAFF": ("Mia Godman", "Finn Otterby", "Zara Wollaton"), "CABINET_MEMBER": ("Cllr Ruth Stilton", "Cllr Peter Salcombe", "Cllr Anita Mapperley"),
    "PORTFOLIO_HOLDER": ("Cllr Sunil Ramsey", "Cllr Jane Bideford", "Cllr Jamal Radford"), "SCRUTINY_MEMBER": ("Cllr Kate Yaxley", "Cllr Mark Crediton", "Cllr Ellen Lenton"),
    "SCRUTINY_OFFICER": ("Ben Holywell", "Amy Tivvers", "Nora Basford"), "GOVERNANCE_COMMITTEE": ("Cllr Ian Sawtry", "Cllr Liz Okeford", "Cllr Paul Clifton"),
    "FINANCE": ("Omar Buckden", "Sue Teignby", "Lin Arboretum"), "HUMAN_RESOURCES": ("Carla Somersham", "Dan Plymbrook", "Vera Hyson"),
    "INTERNAL_AUDIT": ("Greg Alconbury", "Moira Exmoor", "Tariq Meadows"), "TWO": ("Nell Hemingford", "Hugh Culmvale", "Gail Beeston"),
}
ORDER = ("huntingdonshire", "devon", "nottingham")


def people(data):
    """The council's accounts; a portfolio is several elements, so a person's grants are a list."""
    at, s = ORDER.index(data.CODE), data.SCOPES
    element = lambda ref: [("ELEMENT", ref)]
    scopes = {"DIRECTOR": element(s["director"]), "SERVICE_MANAGER": element(s["service_manager"]), "DATA_PROVIDER": [("INDICATOR", s["data_provider"])], "STAFF": element(s["staff"]),
              "PORTFOLIO_HOLDER": [("ELEMENT", ref) for ref in s["portfolio_holder"]], "SCRUTINY_MEMBER": [("FORUM", s["scrutiny"])], "SCRUTINY_OFFICER": [("FORUM", s["scrutiny"])],
              "GOVERNANCE_COMMITTEE": [("FORUM", s["governance"])]}
    out = []
    for role, names in NAMES.items():
        held = [(role, kind, ref) for kind, ref in scopes.get(role, [("COUNCIL", None)])] if role != "TWO" else s["two"]
        local = "two.roles" if role == "TWO" else role.lower().replace("_", ".")
        out.append({"email": f"{local}@{data.CODE}.example", "name": f"{names[at]} (invented)", "grants": [{"role": r, "scope_kind": k, "scope_ref": ref} for r, k, ref in held]})
    return out
