### Geiriau pecynnau perfformiad a ffurflenni, yn Gymraeg. / The words of packs and return templates in Welsh.
###
### The messages are those of en-GB.ftl, one for one. Words that the council gives (titles, names of statuses, units)
### are kept after a colon or in brackets, so that nothing before them asks for a mutation they cannot have. Messages
### that begin with own- are this file's own. A first-language reader is to check it before a council publishes with it.

## Misoedd, diwrnodau a rhestrau
month-1 = Ionawr
month-2 = Chwefror
month-3 = Mawrth
month-4 = Ebrill
month-5 = Mai
month-6 = Mehefin
month-7 = Gorffennaf
month-8 = Awst
month-9 = Medi
month-10 = Hydref
month-11 = Tachwedd
month-12 = Rhagfyr
# After "i", which softens them.
month-to-1 = Ionawr
month-to-2 = Chwefror
month-to-3 = Fawrth
month-to-4 = Ebrill
month-to-5 = Fai
month-to-6 = Fehefin
month-to-7 = Orffennaf
month-to-8 = Awst
month-to-9 = Fedi
month-to-10 = Hydref
month-to-11 = Dachwedd
month-to-12 = Ragfyr
month-short-1 = Ion
month-short-2 = Chwe
month-short-3 = Maw
month-short-4 = Ebr
month-short-5 = Mai
month-short-6 = Meh
month-short-7 = Gorff
month-short-8 = Awst
month-short-9 = Medi
month-short-10 = Hyd
month-short-11 = Tach
month-short-12 = Rhag
month-short-to-1 = Ion
month-short-to-2 = Chwe
month-short-to-3 = Faw
month-short-to-4 = Ebr
month-short-to-5 = Fai
month-short-to-6 = Feh
month-short-to-7 = Orff
month-short-to-8 = Awst
month-short-to-9 = Fedi
month-short-to-10 = Hyd
month-short-to-11 = Dach
month-short-to-12 = Rag
period-month = { $month } { $year }
period-months = { $from } i { $to } { $year }
period-years = { $from } { $from_year } i { $to } { $to_year }
day = { $day } { $month } { $year }
instant = { $day } am { $time } UTC
date-format = {"[$-452]"}d mmmm yyyy
listed = { $most }, { $last }
yes = Ie
no = Na

## Cyfnodau
periods = { $months ->
    [1] { count-months }
    [3] { count-quarters }
    [6] { count-half-years }
    [12] { count-years }
   *[other] { count-periods }
 }
count-months = { $n ->
    [two] fis
   *[other] mis
 }
count-quarters = chwarter
count-half-years = hanner blwyddyn
count-years = { $n ->
    [one] flwyddyn
    [two] flynedd
    [5] mlynedd
    [7] mlynedd
    [8] mlynedd
    [9] mlynedd
    [10] mlynedd
   *[other] blynedd
 }
count-periods = { $n ->
    [two] gyfnod
    [few] chyfnod
    [many] chyfnod
   *[other] cyfnod
 }
one-period = { $months ->
    [1] mis
    [3] chwarter
    [6] hanner blwyddyn
    [12] blwyddyn
   *[other] cyfnod
 }
own-the-period = { $months ->
    [1] y mis
    [3] y chwarter
    [6] yr hanner blwyddyn
    [12] y flwyddyn
   *[other] y cyfnod
 }
own-before = { $months ->
    [1] y mis blaenorol
    [3] y chwarter blaenorol
    [6] yr hanner blwyddyn blaenorol
    [12] y flwyddyn flaenorol
   *[other] y cyfnod blaenorol
 }
# After na or â: "na'r mis blaenorol".
own-than-before = { $months ->
    [1] mis blaenorol
    [3] chwarter blaenorol
    [6] hanner blwyddyn blaenorol
    [12] flwyddyn flaenorol
   *[other] cyfnod blaenorol
 }

## Geiriau o setiau caeedig
status-green = Gwyrdd
status-amber = Ambr
status-red = Coch
status-blue = Glas
status-no-target = Dim targed
status-no-data = Dim data
status-not-due = Ddim yn ddyledus
status-not-applicable = Ddim yn berthnasol
status-suppressed = Wedi'i atal
status-shared = { $word } ({ $common })
direction-improved = Yn gwella
direction-same = Dim newid
direction-declined = Yn gwaethygu
direction-up = I fyny
direction-down = I lawr
direction-not-comparable = Dim modd cymharu
movement-with = Yn unol â'r ffafriaeth
movement-against = Yn groes i'r ffafriaeth
polarity-higher-is-better = Uwch
polarity-lower-is-better = Is
polarity-within-range = O fewn yr ystod
polarity-none = Dim ffafriaeth
purpose-operational = Gweithredol
purpose-contextual = Cyd-destunol
frequency-monthly = Misol
frequency-quarterly = Chwarterol
frequency-half-yearly = Hanner blynyddol
frequency-annual = Blynyddol
dimension-economy = Darbodusrwydd
dimension-efficiency = Effeithlonrwydd
dimension-effectiveness = Effeithiolrwydd
mode-do = Gwneud
mode-enable = Galluogi
mode-influence = Dylanwadu
absence-not-due = Ddim yn ddyledus
absence-not-collected = Heb ei gasglu
absence-not-available = Ddim ar gael
absence-suppressed = Wedi'i atal
state-provisional = Dros dro
state-final = Terfynol
state-revised = Diwygiedig
kind-headline = prif ddangosydd
kind-critical = hollbwysig
kind-concern = Pryder
kind-watch = Cadw golwg
kind-improvement = Gwelliant
change-added = Ychwanegwyd
change-removed = Dilëwyd
change-definition = Diffiniad
change-target = Targed
change-value = Diwygiwyd y gwerth
action-not-started = Heb ddechrau
action-on-track = Ar y trywydd
action-at-risk = Mewn perygl
action-off-track = Oddi ar y trywydd
action-completed = Cwblhawyd
action-cancelled = Canslwyd
action-deferred = Gohiriwyd
action-overdue = Hwyr
made-peer-challenge = Her gan gymheiriaid
made-internal-audit = Archwilio mewnol
made-external-audit = Archwilio allanol
made-inspection = Arolygiad
made-scrutiny = Craffu
made-ombudsman = Ombwdsmon
made-other = Corff arall
response-awaited = Disgwylir
response-accepted = Derbyniwyd
response-partly = Derbyniwyd yn rhannol
response-rejected = Gwrthodwyd
weight-formal = Argymhelliad ffurfiol
weight-additional = Awgrym ychwanegol
stage-concept = Cysyniad
stage-business-case = Achos busnes
stage-planning = Cynllunio
stage-delivery = Cyflawni
stage-closing = Cloi
stage-closed = Wedi cau
stage-on-hold = Wedi'i oedi
stage-cancelled = Canslwyd
milestone-on-time = Ar amser
milestone-slipped = Wedi llithro
milestone-overdue = Hwyr
milestone-reached = Cyrhaeddwyd
milestone-reached-late = Cyrhaeddwyd yn hwyr
risk-band-low = Isel
risk-band-medium = Canolig
risk-band-high = Uchel
risk-band-very-high = Uchel iawn
risk-movement-new = Newydd
risk-movement-up = Wedi codi
risk-movement-same = Heb newid
risk-movement-down = Wedi gostwng
risk-state-open = Agored
risk-state-occurred = Wedi digwydd
risk-state-closed = Wedi cau
likelihood-1 = 1 Prin
likelihood-2 = 2 Annhebygol
likelihood-3 = 3 Posibl
likelihood-4 = 4 Tebygol
likelihood-5 = 5 Bron yn sicr
fund-revenue = Refeniw
fund-capital = Cyfalaf
unit-per-cent = Y cant
unit-pounds = Punnoedd
unit-pounds-thousand = Miloedd o bunnoedd
unit-pounds-million = Miliynau o bunnoedd
unit-number = Nifer
unit-days = Diwrnodau
unit-working-days = Diwrnodau gwaith
unit-weeks = Wythnosau
unit-hours = Oriau
unit-minutes = Munudau
unit-months = Misoedd
unit-years = Blynyddoedd
unit-score = Sgôr
unit-yes-or-no = Ie neu na
unit-not-stated = Heb ei nodi
lasting-days = { $figure } diwrnod
lasting-working-days = { $figure } diwrnod gwaith
lasting-weeks = { $figure } wythnos
lasting-hours = { $figure } awr
lasting-minutes = { $figure } munud
lasting-months = { $figure } mis
lasting-other = { $figure } { $unit }

## Ystyr y marciau mewn cromfachau sgwâr
mark-c = wedi'i atal, ni chaniateir dangos y ffigur
mark-w = dim wedi'i gofnodi, roedd ffigur yn ddyledus ond ni chafodd ei gasglu
mark-x = ddim ar gael
mark-x1 = ni roddwyd ffigur
mark-z = ddim yn berthnasol
mark-b = toriad yn y gyfres
mark-e = amcangyfrif
mark-er = diwygiad cynharaf
mark-f = rhagolwg
mark-low = yn talgrynnu i sero ond nid yw'n sero
mark-ns = ddim yn ystadegol arwyddocaol
mark-p = dros dro
mark-r = diwygiedig
mark-s = ystadegol arwyddocaol
mark-ss = mwy arwyddocaol
mark-sss = mwyaf arwyddocaol
mark-u = dibynadwyedd isel

## Cymharu: lle mae ffigur yn sefyll, ac a newidiodd fwy nag y mae hap yn ei esbonio
position-best-quarter = Chwarter gorau
position-second-quarter = Ail chwarter
position-third-quarter = Trydydd chwarter
position-worst-quarter = Chwarter gwaethaf
definition-same = Ydy
definition-other = Nac ydy
position-not-ranked = Heb ei osod
variation-common-cause = Achos cyffredin
variation-improvement-high = Achos arbennig, gwelliant (uwch)
variation-improvement-low = Achos arbennig, gwelliant (is)
variation-concern-high = Achos arbennig, pryder (uwch)
variation-concern-low = Achos arbennig, pryder (is)
variation-neither-high = Achos arbennig (uwch)
variation-neither-low = Achos arbennig (is)
variation-too-few-points = Rhy ychydig o bwyntiau
variation-no-figure = Dim ffigur
key-variation-concern-term = Achos arbennig, pryder
key-variation-improvement-term = Achos arbennig, gwelliant
assurance-consistently-passing = Yn cyrraedd yn gyson
assurance-consistently-failing = Yn methu'n gyson
assurance-hit-or-miss = Taro neu fethu

## Enwau'r taflenni gwaith
sheet-cover = Clawr
sheet-contents = Tabl cynnwys
sheet-exceptions = Eithriadau
sheet-summary = Crynodeb
sheet-by-directorate = Cerdyn sgorio cyfarwyddiaethau
sheet-by-programme = Cerdyn sgorio rhaglenni
sheet-by-outcome = Cerdyn sgorio deilliannau
sheet-detail = Manylion dangosyddion
sheet-context = Ffigurau yn eu cyd-destun
sheet-outcomes = Deilliannau
sheet-actions = Camau gweithredu
sheet-recommendations = Argymhellion
sheet-projects = Prosiectau
sheet-milestones = Cerrig milltir
sheet-risks = Risgiau
sheet-heat-map = Map gwres risgiau
sheet-budget = Cyllideb
sheet-unit-costs = Costau uned
sheet-benchmarking = Meincnodi
sheet-benchmark-charts = Siartiau meincnodi
sheet-variation = Newid a hap
sheet-trend-data = Data tueddiadau
sheet-trend-charts = Siartiau tueddiadau
sheet-changes = Newidiadau
sheet-definitions = Diffiniadau
sheet-key = Allwedd
sheet-notes = Nodiadau
sheet-start = Dechreuwch yma
sheet-return = Ffurflen
sheet-lists = Rhestrau

## Teitlau
title = { $what }, { $council }, { $period }
title-cover = Pecyn perfformiad ar gyfer { $forum }
title-cover-edition = Pecyn perfformiad ar gyfer { $forum }, rhifyn { $element }
title-contents = Tabl cynnwys
title-exceptions = Eithriadau
title-summary = Crynodeb yn ôl statws
title-by-directorate = Cerdyn sgorio yn ôl cyfarwyddiaeth
title-by-programme = Cerdyn sgorio yn ôl rhaglen
title-by-outcome = Cerdyn sgorio yn ôl deilliant
title-detail = Manylion dangosyddion
title-context = Ffigurau yn eu cyd-destun
title-outcomes = Deilliannau
title-actions = Camau gweithredu
title-recommendations = Argymhellion a'r camau sy'n eu hateb
title-projects = Rhaglenni a phrosiectau
title-milestones = Cerrig milltir rhaglenni a phrosiectau
title-risks = Risgiau
title-heat-map = Map gwres risgiau
title-budget = Cyllideb ac alldro a ragwelir
title-unit-costs = Costau uned
title-benchmarking = Ffigurau ochr yn ochr â rhai cynghorau eraill
title-benchmark-charts = Llwybrau ochr yn ochr â rhai cynghorau eraill
title-variation = Newid a hap
title-trend-data = Data tueddiadau
title-trend-charts = Siartiau tueddiadau
title-changes = Newidiadau ers y pecyn diwethaf
title-definitions = Diffiniadau
title-key = Allwedd
title-notes = Nodiadau
meeting = { $forum }, { $day }
framework-edition = { $title }, rhifyn { $edition }

## Uwchben pob tabl
one-table = Mae'r daflen waith hon yn cynnwys un tabl.
shorthand = Llaw-fer: { $marks }.
quarters = Ch1 (Q1) yw Ebrill i Fehefin, Ch2 (Q2) yw Gorffennaf i Fedi, Ch3 (Q3) yw Hydref i Ragfyr a Ch4 (Q4) yw Ionawr i Fawrth, pob un o fewn blwyddyn ariannol.
source = Ffynhonnell: { $source }.
back-to-contents = Yn ôl i'r tabl cynnwys
# Numbers alone: a page says nothing that no cell says.
page-of = { $page } / { $pages }
as-above = Fel uchod
purpose-contents = Mae'n rhestru pob taflen waith arall yn y llyfr gwaith hwn, gyda dolen i bob un.
purpose-exceptions = Mae'n rhestru'r hyn sy'n galw am sylw, y mwyaf brys yn gyntaf, gyda'r rhesymau; ysgogiad i holi, nid dyfarniad.
purpose-summary = Mae'n cyfrif dangosyddion yn ôl eu statws nawr a'r statws a ddisgwylir ar ddiwedd y flwyddyn, fesul blaenoriaeth, cyfarwyddiaeth a rhaglen newid.
purpose-by-directorate = Mae'n dangos pob dangosydd â tharged, yn ôl cyfarwyddiaeth neu raglen newid, gyda'i statws nawr ac ar ddiwedd y flwyddyn.
purpose-by-programme = Mae'n dangos y dangosyddion sy'n eiddo i raglenni newid, yn ôl rhaglen, gyda'u statws nawr ac ar ddiwedd y flwyddyn.
purpose-by-outcome = Mae'n dangos yr un dangosyddion yn ôl y deilliant y maent yn cyfrannu ato; dangosir un sy'n cyfrannu at ddau o dan y ddau.
purpose-detail = Mae'n rhoi'r sylwebaeth ar bob ffigur wrth ymyl ei statws, a'r cam gweithredu lle mae'r ffigur oddi ar y targed.
purpose-context = Mae'n dangos y cyfrifon y cyfrifir ffigurau ohonynt, ac wrth eu hymyl y mesurau sy'n eu hesbonio.
purpose-counts = Mae'n dangos y cyfrifon y cyfrifir ffigurau ohonynt.
purpose-outcomes = Mae'n dangos mesurau o'r hyn y dylai trigolion ei weld yn newid. Mae ganddynt gyfeiriad a ffefrir ond dim targed na statws.
purpose-actions = Mae'n dangos beth sydd i'w wneud o dan bob blaenoriaeth, pwy sy'n arwain, pryd y mae i'w gwblhau, ble mae'n sefyll a beth a ddywedwyd ddiwethaf.
purpose-recommendations = Mae'n dangos beth a argymhellodd eraill, beth a ddywedwyd wrth ateb, a faint o'r camau sy'n ei ateb sydd wedi'u cwblhau.
purpose-projects = Mae'n dangos rhaglenni a phrosiectau: statws nawr a chyfnod yn ôl, faint y mae'r diwedd wedi symud, yr arian, a beth sy'n dod nesaf.
purpose-milestones = Mae'n dangos cerrig milltir rhaglenni a phrosiectau: pryd y cytunwyd ar bob un, pryd y'i disgwylir neu y'i cyrhaeddwyd, ac am beth y mae'n aros.
purpose-risks = Mae'n rhestru risgiau gyda'u sgoriau, a yw'r cyngor yn barod i'w dwyn fel y maent, a beth a wneir yn eu cylch.
purpose-heat-map = Mae'n gosod pob risg agored yn ôl ei sgôr bresennol: pa mor debygol yw yn y rhesi, pa mor ddrwg fyddai yn y colofnau. Cyfeirnodau'r daflen Risgiau a ddefnyddir.
purpose-budget = Mae'n dangos mewn punnoedd gyllideb pob rhan o'r cyngor am y flwyddyn, yr hyn a wariwyd, a'r hyn y disgwylir i'r flwyddyn ddod iddo.
purpose-unit-costs = Mae'n dangos yr hyn a wariwyd mewn punnoedd, ar faint y'i gwariwyd, ac felly beth oedd cost un.
purpose-benchmarking = Mae'n dangos ffigur diweddaraf pob dangosydd sydd â grŵp cymharu, ochr yn ochr â'r grŵp hwnnw.
purpose-variation = Mae'n dangos pa ffigurau a newidiodd fwy nag y mae hap yn ei esbonio, ac a yw targed lle mae'r ffigurau'n mynd ohonynt eu hunain.
purpose-trend-data = Mae ganddi un rhes ar gyfer pob dangosydd a chyfnod sydd â ffigur neu reswm dros beidio â chael un, i'r manylder llawn.
purpose-changes = Mae'n rhestru ffigurau, targedau a diffiniadau sy'n wahanol i'r pecyn diwethaf, a dangosyddion a ddaeth neu a aeth.
purpose-definitions = Mae'n dweud beth y mae pob dangosydd yn ei gyfrif, pa ffordd sydd orau, a sut y pennir ei statws.
purpose-key = Mae'n dweud beth yw ystyr geiriau a marciau'r llyfr gwaith hwn.
purpose-notes = Mae'n rhestru'r nodiadau ar ffigurau'r llyfr gwaith hwn.
purpose-return = Un ffigur i'w adrodd yw pob rhes.
purpose-lists = Mae'n rhestru'r geiriau y gellir eu dewis ar y daflen Ffurflen.
benchmarking-questions = Mae ffigurau'n ysgogi cwestiynau, nid dyfarniadau; cymharwch dim ond lle mae Yr un diffiniad yn dweud Ydy. Safle 1 yw'r gorau, yn ôl y cyfeiriad sy'n well i'r dangosydd.
benchmarking-shared = gyda ffigurau { $n } cyngor a'u rhannodd
benchmark-charts-intro = Mae'r daflen hon yn cynnwys { $n } siart, { benchmark-charts-each }
benchmark-charts-each = pob un o dan frawddeg sy'n dweud yr un peth mewn geiriau. Llinell ddi-dor gyda marcwyr crwn yw ein canlyniadau, llinell o doriadau hir yw canolrif y grŵp, llinell o ddotiau yw ei chwartel isaf, ac un o ddotiau a thoriadau yw ei chwartel uchaf. Bwlch yw cyfnod heb ffigur.
variation-method = Y terfynau yw cymedr y pwyntiau a 2.66 gwaith eu cymedr amrediad symudol o bobtu (siart XmR, fel y mae'r GIG yn ei lunio); ni adewir yr un pwynt allan. Ni fernir llai na 12 pwynt.
variation-of-additions = O ffigur sy'n cronni drwy'r flwyddyn, yr hyn a ychwanegodd pob cyfnod a ddelir yn erbyn y terfynau.
limits-anew = { $period }: { $why }
limits-from-the-start = Y pwynt cyntaf
assurance-no-target = Dim targed
summary-counts = Cyfrifir dangosydd unwaith ym mhob rhes y mae'n perthyn iddi. Mae canrannau yn hepgor dangosyddion heb liw, gan ddweud faint.
summary-actions = Mae camau gweithredu'n perthyn i flaenoriaethau, felly cyfrifir y rhai ar y trywydd a'r rhai hwyr fesul blaenoriaeth ac ar gyfer y cyfan.
recommendations-given-up = O dan Camau yn unig y cyfrifir camau a ganslwyd neu a ohiriwyd drwy benderfyniad.
budget-variance = Yr amrywiant yw'r rhagolwg llai'r gyllideb: uwchlaw sero os gorwerir, islaw sero os bydd arian dros ben.
trend-silent = { $n ->
    [one] Nid oes rhes yma ar gyfer { $n } cyfnod, am na roddwyd ffigur.
    [two] Nid oes rhes yma ar gyfer { $n } gyfnod, am na roddwyd ffigur.
    [few] Nid oes rhes yma ar gyfer { $n } chyfnod, am na roddwyd ffigur.
    [many] Nid oes rhes yma ar gyfer { $n } chyfnod, am na roddwyd ffigur.
   *[other] Nid oes rhes yma ar gyfer { $n } cyfnod, am na roddwyd ffigur.
 }
trend-parts-blank = Mae'r rhifiadur a'r enwadur yn wag lle na chyfrifir ffigur o ddau arall, neu lle na chaniateir eu dangos.
charts-intro = Mae'r daflen waith hon yn cynnwys siartiau ({ $n }), { charts-each }
charts-limits = Lle mae digon o bwyntiau i wahaniaethu rhwng hap a newid, llinell o doriadau hir yw eu cymedr, llinell o ddotiau yw'r terfyn isaf ac un o ddotiau a thoriadau yw'r terfyn uchaf.
charts-each = pob un o dan frawddeg sy'n dweud yr un peth mewn geiriau. Llinell solet â marcwyr crwn yw'r canlyniadau, llinell doredig yw'r targedau. Cyfnod heb ffigur yw bwlch.

## Y tabl cynnwys
shows-cover = Y ffigurau ar yr olwg gyntaf, beth sydd heb ei ateb, a beth a ofynnir i'r cyfarfod.
shows-cover-open-data = Beth yw'r llyfr gwaith hwn, ei ddyddiadau, a phwy i'w holi.
shows-contents = Yn rhestru pob taflen waith arall yn y llyfr gwaith hwn, gyda dolen i bob un.
shows-exceptions = Yn rhestru'r hyn sy'n galw am sylw, y mwyaf brys yn gyntaf, gyda'r rhesymau; ysgogiad i holi, nid dyfarniad.
shows-summary = Yn cyfrif dangosyddion yn ôl eu statws nawr a'r statws a ddisgwylir ar ddiwedd y flwyddyn, fesul blaenoriaeth, cyfarwyddiaeth a rhaglen newid.
shows-by-directorate = Yn dangos pob dangosydd â tharged, yn ôl cyfarwyddiaeth neu raglen newid, gyda'i statws nawr ac ar ddiwedd y flwyddyn.
shows-by-programme = Yn dangos y dangosyddion sy'n eiddo i raglenni newid, yn ôl rhaglen, gyda'u statws nawr ac ar ddiwedd y flwyddyn.
shows-by-outcome = Yn dangos yr un dangosyddion yn ôl y deilliant y maent yn cyfrannu ato; dangosir un sy'n cyfrannu at ddau o dan y ddau.
shows-detail = Yn rhoi'r sylwebaeth ar bob ffigur wrth ymyl ei statws, a'r cam gweithredu lle mae'r ffigur oddi ar y targed.
shows-context = Yn dangos y cyfrifon y cyfrifir ffigurau ohonynt, ac wrth eu hymyl y mesurau sy'n eu hesbonio.
shows-counts = Yn dangos y cyfrifon y cyfrifir ffigurau ohonynt.
shows-outcomes = Yn dangos mesurau o'r hyn y dylai trigolion ei weld yn newid. Mae ganddynt gyfeiriad a ffefrir ond dim targed na statws.
shows-actions = Yn dangos beth sydd i'w wneud o dan bob blaenoriaeth, pwy sy'n arwain, pryd y mae i'w gwblhau, ble mae'n sefyll a beth a ddywedwyd ddiwethaf.
shows-recommendations = Yn dangos beth a argymhellodd eraill, beth a ddywedwyd wrth ateb, a faint o'r camau sy'n ei ateb sydd wedi'u cwblhau.
shows-projects = Yn dangos rhaglenni a phrosiectau: statws nawr a chyfnod yn ôl, faint y mae'r diwedd wedi symud, yr arian, a beth sy'n dod nesaf.
shows-milestones = Yn dangos cerrig milltir rhaglenni a phrosiectau: pryd y cytunwyd ar bob un, pryd y'i disgwylir neu y'i cyrhaeddwyd, ac am beth y mae'n aros.
shows-risks = Yn rhestru risgiau gyda'u sgoriau, a yw'r cyngor yn barod i'w dwyn fel y maent, a beth a wneir yn eu cylch.
shows-heat-map = Yn gosod pob risg agored yn ôl ei sgôr bresennol: pa mor debygol yw yn y rhesi, pa mor ddrwg fyddai yn y colofnau. Cyfeirnodau'r daflen Risgiau a ddefnyddir.
shows-budget = Yn dangos mewn punnoedd gyllideb pob rhan o'r cyngor am y flwyddyn, yr hyn a wariwyd, a'r hyn y disgwylir i'r flwyddyn ddod iddo.
shows-unit-costs = Yn dangos yr hyn a wariwyd mewn punnoedd, ar faint y'i gwariwyd, ac felly beth oedd cost un.
shows-benchmarking = Yn dangos ffigur diweddaraf pob dangosydd sydd â grŵp cymharu, ochr yn ochr â'r grŵp hwnnw.
shows-benchmark-charts = Yn dangos siartiau llinell o'r cyngor ochr yn ochr â'i grwpiau cymharu, pob un o dan frawddeg sy'n dweud yr un peth mewn geiriau.
shows-variation = Yn dangos pa ffigurau a newidiodd fwy nag y mae hap yn ei esbonio, ac a yw targed lle mae'r ffigurau'n mynd ohonynt eu hunain.
shows-trend-data = Un rhes ar gyfer pob dangosydd a chyfnod sydd â ffigur neu reswm dros beidio â chael un, i'r manylder llawn.
shows-trend-charts = Yn dangos siartiau llinell, pob un o dan frawddeg sy'n dweud yr un peth mewn geiriau.
shows-changes = Yn rhestru ffigurau, targedau a diffiniadau sy'n wahanol i'r pecyn diwethaf, a dangosyddion a ddaeth neu a aeth.
shows-definitions = Yn dweud beth y mae pob dangosydd yn ei gyfrif, pa ffordd sydd orau, a sut y pennir ei statws.
shows-key = Yn dweud beth yw ystyr geiriau a marciau'r llyfr gwaith hwn.
shows-notes = Yn rhestru'r nodiadau ar ffigurau'r llyfr gwaith hwn.
contents-source = Wedi'i lunio o ffigurau { $period }
contents-framework = Fframwaith perfformiad y cyngor
readers-everyone = Pawb
readers-members = Aelodau
readers-meeting = Aelodau'r cyfarfod
readers-cabinet = Aelodau a'r Cabinet
readers-directors = Aelodau, y Cabinet a chyfarwyddwyr
readers-lead-members = Aelodau arweiniol a swyddogion
readers-partners = Aelodau a phartneriaid
readers-auditors = Aelodau ac archwilwyr
readers-analysts = Dadansoddwyr a newyddiadurwyr

## Penawdau colofnau
column-worksheet = Taflen waith
column-what-it-shows = Beth mae'n ei ddangos
column-rows = Rhesi
column-mainly-for = Yn bennaf ar gyfer
column-source = Ffynhonnell
column-ref = Cyf
column-indicator = Dangosydd
column-indicators = Dangosyddion
column-measure = Mesur
column-kind = Math
column-unit = Uned
column-better-is = Gwell os yw'n
column-frequency = Amlder
column-definition = Diffiniad
column-numerator = Rhifiadur
column-denominator = Enwadur
column-numerator-is = Beth yw'r rhifiadur
column-denominator-is = Beth yw'r enwadur
column-explained-by = Esbonnir gan
column-its-previous = Ei ffigur blaenorol
column-its-latest = Ei ffigur diweddaraf
column-its-unit = Ei uned
column-how-status-is-set = Sut y pennir y statws
column-source-and-lag = Ffynhonnell ac oedi cyn adrodd
column-period = Cyfnod
column-our-value = Ein gwerth
column-comparator-group = Grŵp cymharu
column-group-median = Canolrif y grŵp
column-lower-quartile = Chwartel isaf
column-upper-quartile = Chwartel uchaf
column-lowest = Lleiaf
column-highest = Mwyaf
column-rank = Safle
column-rank-of = Allan o
column-without-figure = Heb ffigur
column-position = Lleoliad
column-same-definition = Yr un diffiniad
column-mean = Cymedr
column-lower-limit = Terfyn isaf
column-upper-limit = Terfyn uchaf
column-points = Pwyntiau
column-variation = Amrywiad
column-assurance = Sicrwydd
column-limits-anew = Terfynau wedi eu cyfrifo o
column-period-start = Dechrau'r cyfnod
column-period-end = Diwedd y cyfnod
column-value = Gwerth
column-value-state = Cyflwr y gwerth
column-revised-on = Diwygiwyd ar
column-latest = Diweddaraf
column-latest-period = Cyfnod diweddaraf
column-previous = Blaenorol
column-previous-period = Cyfnod blaenorol
column-same-period-last-year = Yr un cyfnod y llynedd
column-target = Targed
column-intervention-level = Lefel ymyrryd
column-status = Statws
column-previous-status = Statws blaenorol
column-direction-of-travel = Cyfeiriad teithio
column-against-last-year = O gymharu â'r llynedd
column-year-end-forecast = Rhagolwg diwedd blwyddyn
column-year-end-status = Statws diwedd blwyddyn
column-year-to-date = Y flwyddyn hyd yma
column-year-to-date-covers = Cyfnodau hyd yma
column-why-this-status = Pam y statws hwn
column-why-it-is-here = Pam ei fod yma
column-commentary = Sylwebaeth
column-action = Cam gweithredu i gywiro'r sefyllfa
column-action-owner = Perchennog y cam
column-due-date = Dyddiad cwblhau
column-action-owner-and-due = Cam gweithredu, perchennog a dyddiad
column-portfolio-holder = Deiliad portffolio
column-directorate = Cyfarwyddiaeth
column-programme = Rhaglen newid
column-outcome = Deilliant
column-baseline = Gwaelodlin
column-baseline-period = Cyfnod y gwaelodlin
column-movement = Symudiad
column-council-role = Rôl y cyngor
column-next-figures = Ffigurau nesaf i ddod
column-part = Rhan o'r fframwaith
column-status-now = { $status } nawr
column-no-colour-now = Dim lliw nawr
column-status-before = { $status } cynt
column-status-year-end = { $status } ddiwedd blwyddyn
column-no-colour-year-end = Dim lliw ddiwedd blwyddyn
column-moved-up = Wedi codi
column-moved-down = Wedi gostwng
column-actions-on-track = Camau ar y trywydd
column-actions-late = Camau hwyr
column-in-words = Mewn geiriau
column-what-changed = Beth a newidiodd
column-from = O
column-to = I
column-why = Pam
column-date = Dyddiad
column-indicator-or-record = Dangosydd neu gofnod
column-action-to-take = Cam gweithredu
column-priority = Blaenoriaeth
column-lead-officer = Swyddog arweiniol
column-lead-member = Aelod arweiniol
column-revised-due-date = Dyddiad cwblhau diwygiedig
column-status-last-period = Statws y cyfnod cynt
column-progress = Cynnydd
column-answers = Yn ateb
column-recommendation = Argymhelliad
column-made-by = Gwnaed gan
column-date-made = Dyddiad gwneud
column-response = Ymateb
column-actions = Camau
column-completed = Cwblhawyd
column-under-way = Ar y gweill
column-not-started = Heb ddechrau
column-lead = Arweinydd
column-evidence = Tystiolaeth
column-project = Rhaglen neu brosiect
column-of-project = Prosiect
column-in-programme = Rhaglen
column-stage = Cam
column-baseline-end = Diwedd gwreiddiol
column-forecast-end = Diwedd a ragwelir
column-slippage = Llithriad mewn diwrnodau
column-approved-budget = Cyllideb gymeradwy
column-forecast-spend = Gwariant a ragwelir
column-variance = Amrywiant
column-next-milestone = Carreg filltir nesaf a dyddiad
column-summary = Crynodeb
column-milestone = Carreg filltir
column-forecast-or-reached = Rhagolwg neu gyrraedd
column-held-up-by = Yn aros am
column-owner = Perchennog
column-risk = Risg
column-linked-to = Yn gysylltiedig â
column-untreated-rating = Sgôr heb driniaeth
column-current-rating = Lefel bresennol
column-current-score = Sgôr bresennol
column-target-rating = Sgôr darged
column-within-appetite = O fewn y parodrwydd
column-controls = Rheolaethau
column-further-action = Camau pellach a dyddiad
column-risk-state = Cyflwr
column-review = Adolygiad nesaf
column-likelihood = Tebygolrwydd
column-impact-1 = 1 Dibwys
column-impact-2 = 2 Mân
column-impact-3 = 3 Cymedrol
column-impact-4 = 4 Mawr
column-impact-5 = 5 Difrifol
column-element = Elfen
column-fund = Cronfa
column-budget-now = Cyllideb nawr
column-virements = Trosglwyddiadau
column-actual = Gwirioneddol hyd yma
column-forecast-outturn = Alldro a ragwelir
column-variance-per-cent = Amrywiant y cant
column-service = Gwasanaeth
column-cost = Cost
column-volume = Cyfaint
column-unit-cost = Cost uned
column-term = Term
column-meaning = Ystyr
column-note = Nodyn
column-text = Testun
column-used-on = Defnyddir ar
column-list = Rhestr
column-word = Gair

## Yr hyn sy'n sefyll lle nad oes dim i'w ddweud
not-given = Heb ei roi
not-stated = Heb ei nodi
not-named = Heb ei enwi
not-in-pack = Ddim ymhlith ffigurau'r pecyn hwn
not-a-ratio = Ddim yn gymhareb
none-given = Ni roddwyd un
none-needed = Nid oes angen un
no-value = Dim gwerth
no-reason-given = Ni roddwyd rheswm
no-definition = Ni roddwyd diffiniad
no-status-is-set = Ni phennir statws
no-commentary = Ni roddwyd sylwebaeth
words-withheld = Nid yn y rhifyn hwn
no-figure-at-all = Dim ffigur ar gyfer unrhyw gyfnod
no-period-yet = Dim cyfnod eto
no-baseline = Dim gwaelodlin
no-directorate = Dim cyfarwyddiaeth
no-priority = Ni enwyd blaenoriaeth
no-outcome-linked = Dim deilliant cysylltiedig
no-context = Dim mesur cysylltiedig
no-programme = Ddim yn rhan o un
is-programme = Rhaglen yw hon
no-recommendation = Dim argymhelliad
no-progress = Ni adroddwyd am gynnydd.
no-evidence = Ni roddwyd tystiolaeth
no-next-milestone = Dim un i ddod
no-summary = Ni roddwyd crynodeb.
not-reported = Heb ei adrodd
not-held-up = Dim
not-linked = Heb ei gysylltu
no-target-rating = Dim targed
source-not-stated = Ffynhonnell heb ei nodi
owner-not-named = Perchennog heb ei enwi
every-sheet = Pob taflen
owner-by = { $owner }, erbyn { $day }.
owner-no-due-date = { $owner }, dim dyddiad cwblhau.
covers = { $reported } o { $expected }
action-overdue-by = { $n ->
    [two] { $n } ddiwrnod yn hwyr; adroddwyd: { $status }.
   *[other] { $n } diwrnod yn hwyr; adroddwyd: { $status }.
 }
action-decision = Penderfyniad: { $decision }
project-sides = Amser: { $time }; cost: { $cost }; cwmpas: { $scope }; buddion: { $benefits }.
milestone-on = { $title }, { $day }
spent-so-far = Gwariwyd hyd yma: { $spent }.
managed-by = Rheolwr: { $who }.
held-up = { $title }: nid cyn { $day }
risk-score = { $score } ({ $likelihood } wrth { $impact })
within-appetite = Ydy (hyd at { $appetite })
above-appetite = Nac ydy (hyd at { $appetite })
further-by = { $what } Erbyn { $day }.
heat-map-cell = { $band } { $score }: { $refs }
heat-map-none = dim
heat-map-more = { $refs } a { $n } arall, a restrir ar y daflen Risgiau
source-and-lag = { $n ->
    [two] { $source }; { $n } ddiwrnod ar ôl diwedd y cyfnod
   *[other] { $source }; { $n } diwrnod ar ôl diwedd y cyfnod
 }
note-marker = [nodyn { $n }]

## Crynodeb
part-all = Pob un
part-all-indicators = Pob dangosydd
part-priority = Blaenoriaeth
summary-none = { $n ->
    [two] Nid oes lliw nawr gan yr un o { $n } ddangosydd.
   *[other] Nid oes lliw nawr gan yr un o { $n } dangosydd.
 }
summary-actions-words = Camau: { $on_track } ar y trywydd, { $late } yn hwyr.
summary-either = { $green } neu { $blue }
summary-share = { $share } o { $n }: { $status }.
summary-share-left-out = { $share } o { $n }: { $status }; hepgorwyd { $left }.

## Clawr
internal = Mewnol
internal-why = Ar gyfer swyddogion. Gall ddangos ffigurau nad ydynt wedi'u rhyddhau, ac ni ddylid ei gyhoeddi.
cover-outstanding = Heb ei ateb ers cyfarfodydd blaenorol
cover-settled = Atebwyd a derbyniwyd ers y tro diwethaf
cover-changed = Beth sydd wedi newid ers y tro diwethaf
cover-glance = Ar yr olwg gyntaf
cover-decisions = Penderfyniadau a ofynnir gan y cyfarfod
cover-what = Beth yw'r llyfr gwaith hwn
cover-for = Ar gyfer
cover-from = Oddi wrth
cover-dates = Dyddiadau
cover-about = Ynghylch y ffigurau hyn
cover-contact = Cyswllt
nothing-outstanding = Ni chofnodir bod unrhyw gwestiwn nac argymhelliad o gyfarfod blaenorol heb ei ateb.
asked-kind-question = Cwestiwn
asked-kind-recommendation = Argymhelliad
asked-kind-information = Cais am wybodaeth
asked-on = { $kind } { $number } ({ $day })
asked-by = { $kind } { $number } ({ $who }, { $day })
asked-about = { $kind } { $number } ({ $day }), ynghylch { $about }
asked-by-about = { $kind } { $number } ({ $who }, { $day }), ynghylch { $about }
asked-words = { $head }: { $words }
answer-of-nobody = Ni ofynnwyd i neb ei ateb eto.
answer-due = { $who } i ateb erbyn { $day }.
answer-overdue = Hwyr: roedd { $who } i ateb erbyn { $day }.
answered = Atebwyd ar { $day }: { $words }
answered-kept = Atebwyd ar { $day }; nid yw'r ateb yn y rhifyn hwn.
answer-not-accepted = Nid yw'r ateb wedi'i dderbyn eto.
answer-returned = Anfonwyd yr ateb yn ôl.
answer-returned-words = Anfonwyd yr ateb yn ôl: { $words }
no-decision = Nodi'r ffigurau. Ni ofynnir am unrhyw benderfyniad arall.
nothing-changed = Ni ddiwygiwyd dim yn y pecyn diwethaf (ffigurau fel yr oeddent ar { $instant }).
first-pack = Dyma'r pecyn cyntaf i'r darllenwyr hyn: nid oes un blaenorol i gymharu ag ef.
changes-listed = { $n ->
    [one] Rhestrir { $n } newid ar y daflen Newidiadau.
   *[other] Rhestrir { $n } newid ar y daflen Newidiadau.
 }
changes-more = Ac { $n } arall.
change-said = { $code }, { $what }: cynt { $from }, bellach { $to }.
what-remit = Ffigurau { $framework } ar gyfer { $period }: pob dangosydd o fewn cylch gwaith y cyfarfod, gyda'r statws nawr a'r hyn a ddisgwylir ar ddiwedd y flwyddyn.
what-exceptions = Ffigurau { $framework } ar gyfer { $period }: yr hyn sy'n galw am sylw, gyda'r statws nawr a'r hyn a ddisgwylir ar ddiwedd y flwyddyn.
what-open-data = Ffigurau { $framework } hyd at ddiwedd { $period } a'r hyn y maent yn ei gyfrif, i bobl a rhaglenni eu darllen.
edition-of = Rhifyn { $element } ydyw: y dangosyddion sy'n eiddo yno, neu sy'n cyfrannu yno.
published = Cyhoeddwyd: { $day }
as-at = Ffigurau fel yr oeddent ar { $instant }
reporting-period = Cyfnod adrodd: { $period }
about-approved = Mae pob ffigur yma wedi'i gymeradwyo. Ni ddangosir yr hyn a gofnodwyd ers hynny ac na chafodd ei gymeradwyo.
about-released = Rhyddhawyd y ffigurau hyn i { $forum } ar { $instant }, ac fe'u dangosir yma fel yr oeddent bryd hynny.
about-published = Dim ond ffigurau a gyhoeddwyd a ddangosir, fel y'u cyhoeddwyd.
about-judged = Caiff ffigur ei farnu i'r manylder y'i dangosir, yn erbyn ei darged a'i lefel ymyrryd; mae'r Allwedd yn rhoi pob rheol.
about-marks = Lle nad oes ffigur mae marc mewn cromfachau sgwâr yn sefyll drosto, ac mae pob taflen waith yn esbonio'r marciau y mae'n eu defnyddio.
about-provisional = { $n ->
    [one] Mae { $n } ffigur yn un dros dro a gall newid eto.
   *[other] Mae { $n } ffigur yn rhai dros dro a gallant newid eto.
 }
no-outcomes = Nid oes taflen Deilliannau: nid oes mesur cyd-destunol o fewn y cylch gwaith.
no-by-outcome = Nid oes cerdyn sgorio yn ôl deilliant: nid oes dangosydd wedi'i gysylltu â deilliant.
no-trend-charts = Nid oes siartiau tueddiadau: nid oes gan unrhyw ddangosydd i'w siartio ddau ffigur eto.
contact = Cyswllt: { $contact }
contact-team = tîm perfformiad { $council }
go-to-contents = Ewch i'r tabl cynnwys

## Ar yr olwg gyntaf
glance-now = Nawr: { $counted }
glance-year-end = Disgwylir ar ddiwedd y flwyddyn: { $counted }
glance-before = Yn ystod { own-before }: { $counted }
glance-to-red = Symudodd { $n } i statws { $red }: { $codes }.
glance-moved = Ers { own-before }, symudodd { $up } i liw gwell a { $down } i liw gwaeth.
glance-silent = Ffigurau sy'n ddyledus ond heb eu rhoi ({ $n }): { $codes }.
glance-informing = Mesurau ar y daflen Deilliannau, sy'n rhoi gwybodaeth ac sydd heb darged na statws: { $n }.
glance-actions = o'r { counted-actions }, mae { $on_track } ar y trywydd, cwblhawyd { $completed } ac mae { $late } yn hwyr
counted-actions = camau gweithredu ({ $n })
glance-projects = prosiectau â statws { $red }: { $n }
glance-risks = risgiau uwchlaw'r parodrwydd i'w dwyn: { $n }
glance-formal = camau ({ $n }) sy'n ateb { formal-answered }: { $counted }
formal-answered = argymhellion ffurfiol ({ $answered })
glance-additional = camau ({ $n }) sy'n ateb { additional-answered }: { $counted }
additional-answered = awgrymiadau ychwanegol ({ $answered })
glance-progress = { $completed } wedi'u cwblhau, { $under_way } ar y gweill, { $not_started } heb ddechrau
glance-given-up = { $counted }, { $n } wedi'u canslo neu eu gohirio
glance-called = Ar y daflen Eithriadau, yn galw am sylw ({ $n }): { $codes }.
glance-nothing-called = Nid oes dim yn galw am sylw fel eithriad y tro hwn, felly nid oes taflen Eithriadau.
first-and-more = { $codes } a { $n } arall
counted-none = nid oes lliw gan unrhyw ddangosydd.
counted = { $n ->
    [one] o { $n } dangosydd â lliw, { $parts }.
    [two] o { $n } ddangosydd â lliw, { $parts }.
   *[other] o { $n } dangosydd â lliw, { $parts }.
 }
counted-colour = { $n } { $status } ({ $share })
counted-state = { $n } { $status }
counted-others = Heb liw ({ $n }): { $states }.

## Siartiau
chart-result = Canlyniad
chart-target = Targed
chart-period = Cyfnod
chart-mean = Cymedr
chart-lower-limit = Terfyn isaf
chart-upper-limit = Terfyn uchaf
chart-group-median = Canolrif y grŵp
chart-lower-quartile = Chwartel isaf y grŵp
chart-upper-quartile = Chwartel uchaf y grŵp
chart-of = Siart llinell: { $title }, { $from } i { $to }.
chart-latest = { $value } ({ $period }).
chart-latest-status = { $value } ({ $period }): { $status }.
chart-latest-target = { $value } ({ $period }) yn erbyn targed o { $target }.
chart-latest-target-status = { $value } ({ $period }) yn erbyn targed o { $target }: { $status }.
chart-extremes = Uchaf { $high } ({ $high_in }), isaf { $low } ({ $low_in }).
chart-gaps = { $n ->
    [one] Nid oes ffigur ar gyfer { $n } cyfnod.
    [two] Nid oes ffigur ar gyfer { $n } gyfnod.
    [few] Nid oes ffigur ar gyfer { $n } chyfnod.
    [many] Nid oes ffigur ar gyfer { $n } chyfnod.
   *[other] Nid oes ffigur ar gyfer { $n } cyfnod.
 }
chart-year-end = Disgwylir ar ddiwedd y flwyddyn: { $status }.
chart-not-from-zero = Nid yw'r echelin fertigol yn dechrau ar 0.
axis-not-from-zero = { $unit }, ddim o 0
benchmark-finding = { $title } ochr yn ochr â { $group }
benchmark-chart-of = Siart llinell o { $title } ochr yn ochr â { $group }, { $from } i { $to }.
benchmark-chart-latest = { $ours } o gymharu â chanolrif grŵp o { $median } yn { $period }.
benchmark-chart-middle = Mae hanner canol y grŵp rhwng { $lower } a { $upper }.
finding = { $title }: { $value } ({ $period })
finding-status = { $title }: { $value } ({ $period }), { $status }
trend-none = Nid oes ffigur i'w gymharu.
trend = { $before }; { $year } ({ $preference }).
before-improved = yn well na'r { own-than-before }
before-same = dim newid o gymharu â'r { own-than-before }
before-declined = yn waeth na'r { own-than-before }
before-up = yn uwch na'r { own-than-before }
before-down = yn is na'r { own-than-before }
before-not-comparable = dim modd cymharu â'r { own-than-before }
year-improved = yn well na'r un cyfnod y llynedd
year-same = dim newid o gymharu â'r un cyfnod y llynedd
year-declined = yn waeth na'r un cyfnod y llynedd
year-up = yn uwch na'r un cyfnod y llynedd
year-down = yn is na'r un cyfnod y llynedd
year-not-comparable = dim modd cymharu â'r un cyfnod y llynedd
preference-higher-is-better = gorau po uchaf
preference-lower-is-better = gorau po isaf
preference-within-range = gwell o fewn yr ystod
preference-none = nid yw'r naill gyfeiriad na'r llall yn well

## Pam mae dangosydd ymhlith yr eithriadau
trigger-red = { $n ->
    [1] { $red }
   *[other] { $red } am { $n } { periods }
 }
trigger-fell = statws { own-before }: { $status }
trigger-amber-worsening = { $amber } ac yn gwaethygu
trigger-amber-running = { $amber } am { $n } { periods }
trigger-forecast = rhagolwg diwedd y flwyddyn: { $status }
trigger-no-result = { $n ->
    [1] dim canlyniad ar gyfer { own-the-period }
   *[other] dim canlyniad am { $n } { periods }
 }
trigger-missed = { $months ->
    [1] methwyd mewn { $n } o'r 4 mis diwethaf
    [3] methwyd mewn { $n } o'r 4 chwarter diwethaf
    [6] methwyd mewn { $n } o'r 4 hanner blwyddyn diwethaf
    [12] methwyd mewn { $n } o'r 4 blynedd diwethaf
   *[other] methwyd mewn { $n } o'r 4 cyfnod diwethaf
 }
trigger-special-cause = newid anarferol, nid hap
trigger-revised = diwygiwyd: { $from } gynt, { $to } bellach
trigger-worst-quarter = chwarter gwaethaf y cymdogion
trigger-wrong-way = yn symud i'r cyfeiriad anghywir
trigger-linked = { $n ->
    [1] mae angen sylw ar gam gweithredu neu risg gysylltiedig
   *[other] mae angen sylw ar { $n } cam gweithredu neu risg gysylltiedig
 }
trigger-improved = gwelliant anarferol, nid hap
trigger-recovered = yn ôl i statws { $status }
called-action = Cam gweithredu: { $title }
called-recommendation = Argymhelliad: { $title }
called-project = Prosiect: { $title }
called-milestone = Carreg filltir: { $title }
called-risk = Risg: { $title }
called-money = Arian: { $title }
call-overdue = { $n ->
    [two] yn hwyr o { $n } ddiwrnod
   *[other] yn hwyr o { $n } diwrnod
 }
call-off-track = oddi ar y trywydd
call-late-actions = camau'n hwyr neu oddi ar y trywydd: { $n } o'r { $open } sydd i'w gwneud
call-slipped = { $n ->
    [two] disgwylir { $n } ddiwrnod yn hwyrach nag a gytunwyd
   *[other] disgwylir { $n } diwrnod yn hwyrach nag a gytunwyd
 }
call-above-appetite = sgôr { $rating }, uwchlaw'r parodrwydd ({ $appetite })
call-past-tolerance-revenue = disgwylir alldro refeniw y tu hwnt i'w oddefiant
call-past-tolerance-capital = disgwylir alldro cyfalaf y tu hwnt i'w oddefiant

## Pam mae statws fel y mae
because-suppressed = Mae'r ffigur yn hysbys ond ni chaniateir ei ddangos
because-nothing-owed = Nid oes dim yn ddyledus ar gyfer y cyfnod
because-not-collected = Roedd y ffigur yn ddyledus ond ni chafodd ei gasglu
because-not-reached = Mae ffigur yn ddyledus ond nid yw wedi cyrraedd y cyngor
because-none-given = Mae ffigur yn ddyledus ond ni roddwyd un
because-not-owed-yet = Nid oes ffigur yn ddyledus eto
because-contextual = Dangosydd cyd-destunol yw hwn: mae ganddo gyfeiriad a ffefrir ond dim targed, ac ni roddir lliw iddo byth
because-no-rule = Nid oedd rheol statws mewn grym ar gyfer y cyfnod
because-nobody-chose = Nid oes neb wedi dewis statws
because-no-forecast = Ni roddwyd rhagolwg
because-chosen-not-forecast = Dewisir y statws mewn geiriau, nid drwy ragolwg
because-chosen = Dewiswyd { $status } gan berson, yn hytrach na'i gyfrifo o ffigur
because-no-target = { $value }: nid oes targed i'w farnu yn ei erbyn
because-no-range = { $value }: nid oes ystod darged i'w farnu yn ei herbyn
because-no-preference = { $value }: dim lliw, gan nad yw uwch nac is yn well ar gyfer y dangosydd hwn
because-no-band = Nid yw { $value } yn yr un o'r bandiau
because-inside = Mae { $value } o fewn yr ystod darged, { $low } i { $high }
because-not-below = Nid yw { $value } yn is na'r terfyn isaf ({ $low })
because-not-above = Nid yw { $value } yn uwch na'r terfyn uchaf ({ $high })
because-band = Mae { $value } yn y band { $band }
because-band-between = Mae { $value } yn y band { $band }, o { $from } hyd at lai na { $below }
because-band-from = Mae { $value } yn y band { $band }, { $from } ac uwch
because-band-below = Mae { $value } yn y band { $band }, llai na { $below }
because-aim = Mae { $value } { place } { aimed } ({ $target })
place = { $side ->
    [below] yn is na'r
    [on] ar y
   *[above] yn uwch na'r
 }
aimed = { $aim ->
    [lower] terfyn isaf
    [upper] terfyn uchaf
   *[target] targed
 }
level = { $aim ->
    [lower] terfyn ymyrryd isaf
    [upper] terfyn ymyrryd uchaf
   *[target] lefel ymyrryd
 }
because-by-framework-rule = { $because } (rheol y fframwaith, { $day })
because-by-own-rule = { $because } (rheol y dangosydd ei hun, { $day })
then-bettered = { $stands }, o { $margin } neu fwy
then-no-level = { $stands }, ac ni osodwyd { level }
then-tolerated = { $stands } ond nid { place } { level } ({ $level })
then-passed = { $stands } ac { place } { level } ({ $level })
tolerance = goddefiant o { $margin }, sy'n gorffen ar { $ends }
then-within = { $stands }, o fewn y { $tolerance }
then-beyond = { $stands }, y tu hwnt i'r { $tolerance }
then-beyond-alone = { $stands }, y tu hwnt i'r { $tolerance }, ac nid oes ffigur cymaradwy ar gyfer yr un cyfnod y llynedd
then-beyond-worse = { $stands }, y tu hwnt i'r { $tolerance }, ac yn waeth na { $before } yn yr un cyfnod y llynedd
then-beyond-no-worse = { $stands }, y tu hwnt i'r { $tolerance }, ond heb fod yn waeth na { $before } yn yr un cyfnod y llynedd
margin-percent = { $figure }%
margin-percent-of-target = { $figure }% o'r targed
margin-points = { $n ->
    [two] { $n } bwynt
    [few] { $n } phwynt
    [many] { $n } phwynt
   *[other] { $n } pwynt
 }

## Sut y pennir y statws
rule-framework = O { $day }: { $rule }.
rule-own = { $code }, o { $day }: { $rule }.
shape-levels = ar y targed neu'n well: { $green }; oddi ar y targed ond heb fynd heibio i'r lefel ymyrryd: { $amber }; heibio iddi: { $red }
shape-tolerance = ar y targed neu'n well: { $green }; oddi ar y targed o ddim mwy na { $margin }: { $amber }; o fwy: { $red }
shape-tolerance-blue = { $rule }; yn well na'r targed o { $margin } neu fwy: { $blue }
shape-direction = ar y targed, neu oddi arno o ddim mwy na { $margin }: { $green }; o fwy: { $amber }; o fwy a hefyd yn waeth na'r un cyfnod y llynedd: { $red }
shape-range = y tu mewn i'r ystod darged: { $green }; y tu mewn i'r ystod ymyrryd: { $amber }; y tu allan i'r ddwy: { $red }
shape-bands = yn ôl bandiau, sef { $bands }
shape-words = dewisir gan y person sy'n atebol amdano, gyda'r rhesymau, heb ei gyfrifo
band-name = { $band } ({ $status })
band-below = { $band }: llai na { $limit }
band-last = { $band }: uwch na hynny
how-contextual = Dim statws: nid oes targed gan fesur cyd-destunol
how-nothing-due = Dim statws: nid oedd dim yn ddyledus eto
how-no-rule = Dim statws: nid oes gan y fframwaith reol ar gyfer y cyfnod hwn
how-no-preference = Dim statws: nid yw'r naill gyfeiriad na'r llall yn well
how-no-target = Dim statws: ni osodwyd targed
how-no-range = Dim statws: ni osodwyd ystod darged
how-chosen = Dewisir gan y person sy'n atebol amdano, gyda'r rhesymau
how-levels-more = { $green }: { $target } neu fwy; { $amber }: is na hynny hyd at { $level }; { $red }: is na { $level }
how-levels-less = { $green }: { $target } neu lai; { $amber }: uwch na hynny hyd at { $level }; { $red }: uwch na { $level }
how-target-more = { $green }: { $target } neu fwy; { $red }: is na { $target }
how-target-less = { $green }: { $target } neu lai; { $red }: uwch na { $target }
how-shape-more = Targed { $target } neu fwy: { $rule }
how-shape-less = Targed { $target } neu lai: { $rule }
how-range = { $green }: { $target }; { $amber }: { $level }; { $red }: y tu allan i'r ddwy
how-range-target = { $green }: { $target }; { $red }: y tu allan iddi
range-between = o { $low } i { $high }
range-least = { $low } neu fwy
range-most = { $high } neu lai

## Newidiadau
stood-in = { $reading } ({ $period })
stood-for = { $thresholds } ({ $period })
stood-target = Targed { $value }
stood-level = Lefel ymyrryd { $value }
stood-range = Ystod darged { $low } i { $high }
stood-range-one = Ystod darged { $value }
stood-level-range = Ystod ymyrryd { $low } i { $high }
stood-level-range-one = Ystod ymyrryd { $value }
stood-no-target = Dim targed
stood-not-in-framework = Ddim yn y fframwaith
why-withdrawn = Tynnwyd y ffigur yn ôl
why-applies-from = Mae diffiniad newydd yn gymwys o { $period }

## Allwedd
key-status-green = Lliw: ar y targed neu'n well.
key-status-amber = Lliw: oddi ar y targed, o fewn yr hyn a oddefir.
key-status-red = Lliw: oddi ar y targed y tu hwnt i'r hyn a oddefir.
key-status-blue = Lliw: yn well na'r targed o gryn dipyn.
key-status-no-target = Nid lliw: mae ffigur ond dim i'w farnu yn ei erbyn.
key-status-no-data = Nid lliw: roedd ffigur yn ddyledus ond nid oes un.
key-status-not-due = Nid lliw: nid oes dim yn ddyledus eto.
key-status-not-applicable = Nid lliw: nid yw'r cwestiwn yn codi, er enghraifft am na wnaed rhagolwg.
key-status-suppressed = Nid lliw: mae ffigur na chaniateir ei ddangos.
key-year-end-status = Y rhagolwg ar gyfer diwedd y flwyddyn, wedi'i farnu gan yr un rheol yn erbyn targed y flwyddyn ei hun. Ddim yn berthnasol lle na wneir rhagolwg.
key-improved = Yn well nag yn y cyfnod y cymherir ag ef, i'r manylder a ddangosir. Mae'r golofn Gwell os yw'n yn dweud ai uwch ynteu is sydd orau.
key-declined = Yn waeth nag yn y cyfnod y cymherir ag ef, i'r manylder a ddangosir.
key-same = Yr un fath ag yn y cyfnod y cymherir ag ef, i'r manylder a ddangosir.
key-not-comparable = Mae un o'r ddau ffigur ar goll, newidiodd y diffiniad rhyngddynt, neu mae'r ffigur yn cronni drwy'r flwyddyn.
key-direction-of-travel = Y ffigur diweddaraf o gymharu â'r cyfnod cynt.
key-against-last-year = Y ffigur diweddaraf o gymharu â'r un cyfnod flwyddyn ynghynt.
key-year-to-date-covers = Faint o gyfnodau'r flwyddyn sydd â ffigur, o'r rhai a ddylai fod ag un erbyn hyn. Dywedir lle mae bwlch, heb ddyfalu byth.
key-intervention-level = Y tu hwnt i hyn, mae rhywun yn ymyrryd.
key-provisional = Gall y ffigur newid eto.
key-final = Mae'r ffigur wedi'i setlo.
key-revised = Newidiwyd y ffigur ar ôl ei roi gyntaf.
key-concern = Eithriad o 30 pwynt neu fwy; mae'r pwyntiau'n adio dros ei resymau.
key-watch = Eithriad â llai o bwyntiau.
key-improvement = Eithriad er gwell.
key-action-not-started = Ni wnaed dim o'r cam eto.
key-action-on-track = Mae'r cam ar y gweill, a'i ddisgwyl mewn pryd.
key-action-at-risk = Mae'r cam ar y gweill, ac efallai na fydd mewn pryd.
key-action-off-track = Mae'r cam ar y gweill, ac ni fydd mewn pryd fel y mae pethau.
key-action-overdue = Mae'r dyddiad diwethaf a roddwyd i'r cam wedi mynd heibio heb ei gwblhau, beth bynnag arall a adroddir amdano.
key-action-completed = Mae'r cam wedi'i wneud.
key-action-cancelled = Rhoddwyd y gorau i'r cam drwy benderfyniad, a enwir.
key-action-deferred = Gohiriwyd y cam drwy benderfyniad, a enwir. Nid yw'n hwyr.
key-standing-term = Statws argymhelliad
key-standing = Fel y gwaethaf o'r camau sy'n ei ateb ac sydd i'w gwneud o hyd; mae un hwyr yn ei roi Oddi ar y trywydd. Cwblhawyd pan nad oes dim ar ôl i'w wneud.
key-under-way = Wedi dechrau ond heb ei gwblhau: ar y trywydd, mewn perygl neu oddi ar y trywydd.
key-project-term = Statws prosiect
key-project = Y gwaethaf o'i amser, cost, cwmpas a buddion, fel yr adroddir gan y rhai sy'n ei redeg.
key-slippage = Diwrnodau'n hwyrach nag a gytunwyd gyntaf; islaw sero os yn gynt.
key-milestone-on-time = Carreg filltir i ddod, pan gytunwyd neu'n gynt.
key-milestone-slipped = Carreg filltir i ddod, yn hwyrach nag a gytunwyd.
key-milestone-overdue-term = Carreg filltir hwyr
key-milestone-overdue = Heb ei chyrraedd, ac mae'r dyddiad diwethaf a roddwyd wedi mynd heibio.
key-milestone-reached = Carreg filltir a gyrhaeddwyd pan gytunwyd neu'n gynt.
key-milestone-reached-late = Carreg filltir a gyrhaeddwyd yn hwyrach nag a gytunwyd.
key-held-up-by = Rhybudd: daw'r hyn y mae'r garreg filltir yn aros amdano yn hwyrach nag y disgwylir y garreg filltir. Ni newidiwyd unrhyw ddyddiad.
key-rating-term = Sgôr risg
key-rating = Pa mor debygol yw (1 i 5) wrth ba mor ddrwg fyddai (1 i 5): sgôr o 1 i 25, mewn pedwar band.
key-risk-low = Risg â sgôr o 1 i 4.
key-risk-medium = Risg â sgôr o 5 i 9.
key-risk-high = Risg â sgôr o 10 i 16.
key-risk-very-high = Risg â sgôr o 20 i 25.
key-untreated-rating = Beth fyddai'r risg pe na wneid dim yn ei chylch.
key-current-rating = Beth yw'r risg gyda'r rheolaethau sydd ar waith.
key-appetite = A yw'r sgôr bresennol yn un y mae'r cyngor yn barod i'w dwyn; mae'r sgôr uchaf felly mewn cromfachau.
key-virements = Yr hyn a symudwyd i'r gyllideb yn ystod y flwyddyn; islaw sero yr hyn a symudwyd ohoni.
key-variance = Y rhagolwg llai'r gyllideb: uwchlaw sero gwerir mwy nag a roddwyd, islaw sero llai.
key-money-term = Statws cyllideb
key-money = Pa mor bell o'r gyllideb y disgwylir i'r flwyddyn orffen, uwchlaw neu islaw iddi, yn erbyn goddefiant y cyngor.
key-unit-cost = Y gost wedi'i rhannu â'r cyfaint, wedi'i barnu fel unrhyw ddangosydd.
key-calls-term = Eithriadau nad ydynt yn ddangosyddion
key-calls = Mae gan gam neu garreg filltir hwyr 30 pwynt a 10 arall am bob chwarter pellach; prosiect 50 ar y statws gwaethaf a 25 pan fo'n waeth nag o'r blaen; yr hyn sydd oddi ar y trywydd, neu y tu hwnt i'w oddefiant, 20; carreg filltir a lithrodd 10 a 10 arall y chwarter; risg uwchlaw'r parodrwydd 10, neu 30 yn y band uchaf.
key-comparator-group = Y cynghorau y mae ffigur yn cael ei osod ochr yn ochr â nhw, gydag argraffiad y rhestr. Dim ond y rhai o'r un math sy'n rhedeg y gwasanaeth sy'n cael eu cymharu.
key-rank = 1 yw'r gorau, yn ôl y cyfeiriad sy'n well i'r dangosydd; mae cynghorau sydd â'r un ffigur fel y'i dangosir yn rhannu safle. Mae Allan o yn dweud faint sydd â safle, gan gynnwys y cyngor hwn.
key-position = Chwarter y grŵp cymharu y byddai'r ffigur yn sefyll ynddo, yn ôl y chwarteli a ddangosir. Heb ei osod lle mae llai na phedwar cyngor yn cymharu, neu lle nad oes cyfeiriad sy'n well.
key-without-figure = Cynghorau'r grŵp na roddodd ffigur, nad oeddent wedi dechrau neu a oedd wedi dod i ben, neu nad ydynt yn rhedeg y gwasanaeth. Ni roddir cyfartaledd i'r un ohonynt yn ei le.
key-same-definition = Nac ydy lle mae'r lleill yn cyfrif dros fisoedd eraill, neu yn ôl diffiniad arall: cymharwch yn ofalus wedyn.
key-limits = Mae ffigurau nad ydynt ond yn amrywio trwy hap yn aros rhwng y terfyn isaf a'r terfyn uchaf.
key-variation-concern = Newid er gwaeth nad yw hap yn ei esbonio: pwynt y tu hwnt i'r terfynau, saith yn olynol ar un ochr i'r cymedr neu'n symud un ffordd, neu ddau o dri yn agos at derfyn.
key-variation-improvement = Yr un peth, er gwell.
key-variation-common-cause = Dim mwy nag y mae ffigurau fel hyn yn amrywio ohonynt eu hunain.
key-assurance-passing = Mae'r targed y tu hwnt i'r terfynau: fel y mae pethau, bydd yn cael ei gyrraedd.
key-assurance-failing = Mae'r targed y tu hwnt i'r terfynau: fel y mae pethau, bydd yn cael ei fethu.
key-assurance-hit-or-miss = Mae'r targed rhwng y terfynau: hap sy'n penderfynu a gaiff ei gyrraedd.
key-mark = Yn sefyll lle nad oes ffigur: { $meaning }.
key-quarters-term = Chwarteri
key-quarters = Mae'r flwyddyn ariannol yn rhedeg o Ebrill i Fawrth, ac mae ei chwarteri'n dechrau yn Ebrill, Gorffennaf, Hydref ac Ionawr.

## Y ffeil
file-pack = pecyn perfformiad
file-exceptions = pecyn eithriadau
file-cabinet = pecyn cabinet
file-officer = pecyn mewnol
file-open-data = data agored
file-return = ffurflen
category-pack = Adroddiad perfformiad
category-return = Ffurflen berfformiad
keyword-performance = perfformiad
keyword-indicators = dangosyddion
keyword-return = ffurflen

## Y ffurflen: Dechreuwch yma
title-return-for = Ffurflen ar gyfer { $element }, { $period }
title-start = Ffurflen ar gyfer { $element }, { $council }, { $period }
title-return = Ffurflen, { $element }, { $period }
title-lists = Rhestrau, { $element }, { $period }
start-for = Ar gyfer pwy y mae
start-no-deadline = Ni osodwyd dyddiad cau.
start-deadline = Anfonwch hi'n ôl erbyn { $day }, os gwelwch yn dda.
start-how = Sut i'w llenwi
start-step-1 = Ewch i'r daflen o'r enw Ffurflen. Un ffigur yw pob rhes.
start-step-2 = Llenwch y colofnau y mae eu penawdau'n gorffen ag (i chi ei lenwi). Mae'r celloedd eraill dan glo.
start-step-3 = Teipiwch y canlyniad, neu'r rhifiadur a'r enwadur lle gofynnir amdanynt, a chyfrifir y canlyniad.
start-step-4 = Teipiwch ganran fel y byddech yn ei dweud: 87.2 ar gyfer 87.2%. Teipiwch 0.5% gyda'i arwydd os hanner un y cant a olygwch.
start-step-5 = Lle nad oes canlyniad, dewiswch pam. Peidiwch â gadael dim arall yn ei le: dim llinell na sero.
start-step-6 = Lle mae canlyniad oddi ar y targed, esboniwch hynny a rhowch gam gweithredu, ei berchennog a dyddiad.
start-step-7 = Darllenwch y golofn Gwirio, cadwch y ffeil fel y mae (.xlsx), ac anfonwch hi'n ôl.
start-wants = Beth sydd ei eisiau yn y colofnau
start-want-1 = Cyflwr y gwerth: Terfynol, Dros dro lle gall y ffigur newid eto, neu Diwygiedig lle mae'n cywiro un a roddwyd o'r blaen. Rhagolwg diwedd blwyddyn: beth yr ydych yn disgwyl i'r flwyddyn orffen arno.
start-want-2 = Sylwebaeth: pam mae'r ffigur fel y mae, 2,000 o nodau ar y mwyaf. Caiff ei hargraffu wrth ymyl y statws ar gyfer yr aelodau.
start-want-3 = Perchennog y cam: swydd yn hytrach na pherson.
start-next = Beth sy'n digwydd nesaf
start-after-1 = Caiff y ffeil ei gwirio cyn i ddim gael ei dderbyn, a dywedir wrthych gell wrth gell beth nad yw'n ffitio.
start-after-2 = Mae rhai celloedd dan glo rhag i'r hyn a ofynnwyd newid drwy ddamwain. Nid oes cyfrinair: datglowch y daflen os oes ei hangen ar ddarllenydd sgrin.
start-after-3 = Mae allweddi peiriant ar daflen gudd o'r enw _template. Oherwydd y rhain gellir darllen ffeil a ddidolwyd neu a ailenwyd.
start-contact = Cyswllt
start-issued = Cyhoeddwyd { $day }, fersiwn { $issue }, fframwaith { $framework } { $edition }.
start-code = Cod y templed: { $code }

## Y ffurflen
return-ref = Cyf
return-indicator = Dangosydd
return-what = Beth i'w adrodd
return-period = Cyfnod
return-unit = Uned
return-better-is = Gwell os yw'n
return-target = Targed
return-level = Lefel ymyrryd
return-previous = Canlyniad blaenorol
return-earlier = Canlyniadau cynharach
return-numerator = Rhifiadur (i chi ei lenwi)
return-denominator = Enwadur (i chi ei lenwi)
return-result = Canlyniad (i chi ei lenwi)
return-no-result = Os dim canlyniad, pam (i chi ei lenwi)
return-state = Cyflwr y gwerth (i chi ei lenwi)
return-commentary = Sylwebaeth (i chi ei lenwi)
return-action = Cam gweithredu i gywiro'r sefyllfa (i chi ei lenwi)
return-owner = Perchennog y cam (i chi ei lenwi)
return-due = Dyddiad cwblhau'r cam (i chi ei lenwi)
return-forecast = Rhagolwg diwedd blwyddyn (i chi ei lenwi)
return-check = Gwirio
return-yours = Chi biau'r colofnau y mae eu penawdau'n gorffen ag (i chi ei lenwi); mae gan eu celloedd ffin ac maent yn wag nes i chi eu llenwi. Mae'r celloedd eraill dan glo, ac yn wag lle na ofynnir am ddim.
return-frozen = Mae'r cwareli wedi'u rhewi wrth y golofn Dangosydd; i'w diffodd dewiswch Gweld, Rhewi Cwareli, Dadrewi Cwareli.
return-between = { $low } i { $high }
return-least = { $low } neu fwy
return-most = { $high } neu lai
return-below = Is na { $high }
return-above = Uwch na { $low }
return-from-below = { $low } hyd at lai na { $high }
return-outside = Is na { $low } neu uwch na { $high }
earlier-figure = { $period }: { $figure }
earlier-forecast = Rhagolwg diwedd blwyddyn: { $figure }
earlier-year-target = Targed diwedd blwyddyn: { $figure }
asked-numerator = Rhifiadur: { $words }.
asked-denominator = Enwadur: { $words }.
list-no-result = Os dim canlyniad, pam
list-state = Cyflwr y gwerth
check-ok = Iawn
check-result-needed = Angen canlyniad
check-say-why = Dywedwch pam nad oes canlyniad
check-commentary-needed = Angen sylwebaeth
check-action-needed = Angen cam gweithredu, perchennog a dyddiad
check-too-big = Mae'r canlyniad yn edrych 100 gwaith yn rhy fawr
check-outside = Mae'r canlyniad y tu allan i'r hyn y gall fod
check-not-a-figure = Nid ffigur yw'r canlyniad
check-not-both = Rhowch ganlyniad neu reswm, nid y ddau
check-stands = Dim byd newydd: mae'r ffigur a gedwir yn sefyll
check-result = Canlyniad
check-forecast = Rhagolwg diwedd blwyddyn
check-too-long = Rhy hir
check-too-long-why = 2,000 o nodau ar y mwyaf, os gwelwch yn dda.
check-date = Dyddiad
check-date-how = Teipiwch ddyddiad megis 31/12/2023.
check-not-a-date = Ddim yn ddyddiad i ddod
check-not-a-date-why = Teipiwch ddyddiad nad yw cyn y cyfnod, megis 31/12/2023.
check-not-a-number = Ddim yn rhif
check-type-a-number = Teipiwch rif.
check-not-in-list = Ddim yn y rhestr
check-choose = Dewiswch un o eiriau'r rhestr.
check-cannot-be = Ni all hyn fod
check-type-per-cent = Teipiwch 87.2 ar gyfer 87.2%.
check-per-cent = Teipiwch ganran, megis 87.2 ar gyfer 87.2%.
check-per-cent-between = Teipiwch ganran rhwng { $least } a { $most }, megis 87.2 ar gyfer 87.2%.
check-type-pounds = Teipiwch bunnoedd, megis 1204.50.
check-amount = Teipiwch swm.
check-amount-between = Teipiwch swm rhwng { $least } a { $most }.
check-type-whole = Teipiwch rif cyfan.
check-whole = Teipiwch rif cyfan, 0 neu fwy.
check-whole-between = Teipiwch rif cyfan rhwng { $least } a { $most }, 0 neu fwy.
check-type-other = Teipiwch rif: { $unit }.
check-other = Teipiwch rif (uned: { $unit }).
check-other-between = Teipiwch rif rhwng { $least } a { $most } (uned: { $unit }).

## Negeseuon atgoffa drwy'r post
remind-return = ffurflen ({ $element }, { $period })
remind-question = cwestiwn { $number }
remind-due = I'w gyflwyno: { $what }
remind-overdue = Yn hwyr: { $what }
remind-queried = Anfonwyd yn ôl gyda chwestiynau: { $what }
remind-dear = Annwyl { $person },
remind-last-day = Diwrnod olaf: { $day }.
remind-submit = Rhowch y ffigurau a chyflwynwch y ffurflen.
remind-answer-queries = Atebwch yr hyn a ofynnwyd a chyflwynwch y ffurflen eto.
remind-answer = Atebwch y cwestiwn.
remind-why = Anfonwyd hwn atoch am mai chi sy'n atebol am hyn yn fframwaith perfformiad eich cyngor.
