//! How a council's documents look and in which languages they are: set by its administrator, seen in its packs.

use goldenthread::access::GrantScope;
use rules::permission::Role;
use serde_json::{Value, json};
use tests::{Client, World, for_each_database, trail, workbook};

use crate::imports::first_quarter;
use crate::packs::{bytes, cells, downloaded, pack, parts};

const CODE: &str = "huntingdonshire";

/// A picture of one pixel.
pub const PNG: &[u8] = b"\x89\x50\x4e\x47\x0d\x0a\x1a\x0a\x00\x00\x00\x0d\x49\x48\x44\x52\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\x0d\x49\x44\x41\x54\x78\xda\x63\x64\xf8\xcf\x50\x0f\x00\x03\x86\x01\x80\x5a\x34\x7d\x6b\x00\x00\x00\x00\x49\x45\x4e\x44\xae\x42\x60\x82";

pub const SET: &str = "mutation($input: CouncilBrandSetInput!) { councilBrandSet(input: $input) { council { brand { displayName
    headingColour chartColour languages setAt logo { format width height } } } userErrors { code message field } } }";

async fn set(client: &Client<'_>, mut input: Value) -> Value {
    input["council"] = json!(CODE);
    client.gql(SET, json!({ "input": input })).await.data()["councilBrandSet"].clone()
}

async fn administrator<'a>(world: &World<'a>) -> Client<'a> {
    let grants = [(Role::CouncilAdministrator, GrantScope::Council)];
    world.harness.sign_in(&world.harness.person(world.council, "Ada Admin", &grants).await)
}

async fn built(client: &Client<'_>, input: Value) -> String {
    let query = "mutation($input: PackBuildInput!) { packBuild(input: $input) { pack { id } userErrors { code message } } }";
    let answer = client.gql(query, json!({ "input": input })).await.data();
    let id = answer["packBuild"]["pack"]["id"].as_str().unwrap_or_else(|| panic!("{answer:#}")).to_owned();
    client.harness.settle().await;
    id
}

#[tokio::test]
async fn what_the_administrator_sets_is_what_packs_look_like_from_then_on() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let (keeper, admin) = (world.keeper(), administrator(&world).await);
        keeper.take(CODE, "q1.xlsx", workbook("Return", &first_quarter())).await;
        let brand = format!("{{ council(code: \"{CODE}\") {{ brand {{ displayName headingColour languages setAt logo {{ width }} }} }} }}");
        let nothing = json!({ "displayName": null, "headingColour": null, "languages": ["en-GB", "cy-GB"], "setAt": null, "logo": null });
        assert_eq!(keeper.gql(&brand, json!({})).await.data()["council"]["brand"], nothing);
        let ask = json!({ "council": CODE, "forum": "SLT", "period": "2024/25 Q1" });
        let plain = built(&keeper, ask.clone()).await;
        let before = bytes(&keeper, &pack(&keeper, &plain).await).await;

        harness.later(chrono::Duration::hours(1));
        let wanted = json!({ "displayName": "The District of Example", "headingColour": "#7a1f3d", "chartColour": "0B5CAD", "languages": ["cy-gb", "en-GB", "cy-GB"] });
        let done = set(&admin, wanted.clone()).await;
        let expected = json!({ "displayName": "The District of Example", "headingColour": "#7A1F3D", "chartColour": "#0B5CAD",
            "languages": ["cy-GB", "en-GB"], "setAt": "2024-10-14T10:00:00Z", "logo": null });
        assert_eq!((&done["userErrors"], &done["council"]["brand"]), (&json!([]), &expected));
        let input = json!({ "input": { "council": CODE } });
        let with_logo = admin.gql_with_file(SET, input, "logo", ("logo.png", PNG.to_vec())).await.data();
        let logo = json!({ "format": "PNG", "width": 1, "height": 1 });
        assert_eq!(with_logo["councilBrandSet"]["council"]["brand"]["logo"], logo, "{with_logo:#}");

        let branded = built(&keeper, ask.clone()).await;
        let english = built(&keeper, json!({ "council": CODE, "forum": "SLT", "period": "2024/25 Q1", "language": "EN-gb" })).await;
        let query = "query($id: ID!) { node(id: $id) { ... on Pack { language } } }";
        let language = async |id: &str| keeper.gql(query, json!({ "id": id })).await.data()["node"]["language"].clone();
        assert_eq!((language(&branded).await, language(&english).await), (json!("cy-GB"), json!("en-GB")));
        let file = downloaded(&keeper, &pack(&keeper, &english).await).await;
        // A picture in a header is against one of the rules of accessible workbooks, and a council's choice.
        guidance::assert_kept_but("pack.xlsx", &file, &["F14"]);
        assert!(cells(&file, "Cover").join("\n").contains("The District of Example"));
        let all = parts(&file);
        assert!(all.contains("7A1F3D") && all.contains("0B5CAD"), "the colours are written");
        let welsh = parts(&downloaded(&keeper, &pack(&keeper, &branded).await).await);
        assert!(welsh.contains("cy-GB") && !all.contains("cy-GB"), "the document says its language");
        // What was made before stays as it was.
        assert_eq!(bytes(&keeper, &pack(&keeper, &plain).await).await, before);

        // The logo itself, by a link.
        let link = format!("{{ council(code: \"{CODE}\") {{ brand {{ logo {{ download {{ url }} }} }} }} }}");
        let url = keeper.gql(&link, json!({})).await.data()["council"]["brand"]["logo"]["download"]["url"].clone();
        let picture = keeper.download(url.as_str().expect("a link")).await;
        assert_eq!((picture.status().as_u16(), picture.headers()["content-type"].to_str().expect("a type")), (200, "image/png"));
        assert_eq!(picture.bytes().await.expect("bytes"), PNG);

        // Said again, nothing changes; null goes back to the product's own.
        let count = harness.count(world.council, "council_brand").await;
        assert_eq!(set(&admin, wanted).await["userErrors"], json!([]));
        assert_eq!(harness.count(world.council, "council_brand").await, count);
        let cleared = set(&admin, json!({ "displayName": null, "logo": null, "languages": null })).await;
        let now = &cleared["council"]["brand"];
        assert_eq!((&now["displayName"], &now["logo"], &now["headingColour"]), (&Value::Null, &Value::Null, &json!("#7A1F3D")));
        assert_eq!(now["languages"], json!(["en-GB", "cy-GB"]));
        let told = trail(harness, world.council, 0).await;
        assert_eq!(told.iter().filter(|event| event.verb == "council.brand").count(), 3);
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_read_or_is_no_logo_is_refused_with_what_to_do() {
    for_each_database(async |harness| {
        let world = World::new(harness, CODE).await;
        let admin = administrator(&world).await;
        for (input, code, words) in [
            (
                json!({ "headingColour": "#FFC000" }),
                "COLOUR_TOO_PALE",
                "1.64 to 1 against white, and need 4.5 to 1. The nearest colour that has it is #",
            ),
            (json!({ "chartColour": "#CCCCCC" }), "COLOUR_TOO_PALE", "need 3 to 1"),
            (json!({ "chartColour": "blue" }), "COLOUR_INVALID", "six hexadecimal digits"),
            (json!({ "displayName": " " }), "NAME_INVALID", "1 to 200 characters"),
            (json!({ "languages": ["fr-FR"] }), "LANGUAGE_NOT_FOUND", "It has: en-GB, cy-GB."),
            (json!({ "languages": [] }), "LANGUAGE_NOT_FOUND", "1 to 10"),
        ] {
            let refused = set(&admin, input.clone()).await;
            let error = &refused["userErrors"][0];
            assert_eq!((&refused["council"], &error["code"]), (&Value::Null, &json!(code)), "{input}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{input}: {error}");
            let field = input.as_object().and_then(|o| o.keys().next()).expect("a field");
            assert_eq!(error["field"], json!(["input", field]), "{input}");
        }
        // The nearest colour it names is taken.
        let pale = set(&admin, json!({ "headingColour": "#FFC000" })).await;
        let message = pale["userErrors"][0]["message"].as_str().expect("a sentence");
        let nearest = message.rsplit_once(" is ").expect("it is named").1.trim_end_matches('.');
        assert_eq!(set(&admin, json!({ "headingColour": nearest })).await["userErrors"], json!([]));

        let mut huge = PNG.to_vec();
        huge[16..24].copy_from_slice(&[0, 0, 0x4e, 0x20, 0, 0, 0x4e, 0x20]);
        let mut long = PNG.to_vec();
        long.resize(600_000, 0);
        let vector = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
        for (bytes, words) in [
            (vector, "neither a PNG nor a JPEG"),
            (PNG[..40].to_vec(), "cut short or damaged"),
            (huge, "20000 by 20000 pixels"),
            (long, "a logo has 524288 at most"),
            (Vec::new(), "neither a PNG nor a JPEG"),
        ] {
            let answer = admin.gql_with_file(SET, json!({ "input": { "council": CODE } }), "logo", ("logo.png", bytes)).await.data();
            let error = &answer["councilBrandSet"]["userErrors"][0];
            assert_eq!((&error["code"], &error["field"]), (&json!("LOGO_INVALID"), &json!(["input", "logo"])), "{answer}");
            assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{words}: {error}");
        }
        let mut stored = std::fs::read_dir(harness.folder.join("files").join(world.council.to_string())).expect("a folder");
        assert!(stored.all(|entry| entry.expect("an entry").file_name() != "logos"), "nothing of it is kept");
    })
    .await;
}
