//! The network itself, and who belongs to it on which day.

use miso::gql::id::Global;
use miso_tests::World;
use serde_json::json;

#[tokio::test]
async fn members_are_counted_on_a_day_by_dates_as_precise_as_they_are_known() {
    let world = World::new().await;
    world.network().await;
    world.organisation("since-2015").make().await;
    world.organisation("from-may-2018-to-february-2023").member(Some("2018-05"), Some("2023-02")).make().await;
    world.organisation("since-nobody-knows").member(None, None).make().await;
    world.organisation("twice").member(Some("2012"), Some("2013")).and_member(Some("2020-06-15"), None).make().await;
    world.organisation("asks").applicant().make().await;
    let answer = world
        .visitor()
        .asks(
            r#"{ network {
                beforeFounding: memberCount(on: "2012-05-02") onFounding: memberCount(on: "2012-05-03")
                lastOf2013: memberCount(on: "2013-12-31") firstOf2014: memberCount(on: "2014-01-01")
                mayBegins: memberCount(on: "2018-05-01") lastOfApril: memberCount(on: "2018-04-30")
                lastOfFebruary: memberCount(on: "2023-02-28") march: memberCount(on: "2023-03-01")
                dayBefore: memberCount(on: "2020-06-14") day: memberCount(on: "2020-06-15")
                today: memberCount
            } }"#,
        )
        .await;
    let network = answer.at("network");
    let counted = |name: &str| network[name].as_i64().unwrap();
    // Partial dates count from their first day: `2012` is in force before the network was founded in May.
    assert_eq!((counted("beforeFounding"), counted("onFounding")), (1, 2));
    assert_eq!((counted("lastOf2013"), counted("firstOf2014")), (2, 1));
    assert_eq!((counted("lastOfApril"), counted("mayBegins")), (2, 3));
    assert_eq!((counted("dayBefore"), counted("day")), (3, 4));
    assert_eq!((counted("lastOfFebruary"), counted("march")), (4, 3));
    assert_eq!(counted("today"), 4);
}

#[tokio::test]
async fn an_administrator_changes_what_the_network_says_of_itself() {
    let world = World::new().await;
    world.network().await;
    let funder = world.organisation("stiftung").kind(entity::words::OrganisationKind::Funder).make().await;
    let office = world.administrator();
    let update = "mutation($input: NetworkUpdateInput!, $revision: Int) { networkUpdate(input: $input, expectedRevision: $revision) {
        network { revision name legalName description openingHours { weekday opensAt closesAt } openingHoursNote funders { slug } address { street city } }
        errors { path code }
    } }";
    let input = json!({
        "legalName": "Beispielnetzwerk e. V.", "descriptionMarkdown": "Wir **alle**.", "openingHoursNote": "und nach Vereinbarung",
        "openingHours": [{ "weekday": "MONDAY", "opensAt": "10:00", "closesAt": "12:30" }], "funderIds": [funder.id.to_global().0],
        "address": { "street": "Beispielweg 1", "city": "Hannover" },
    });
    let changed = office.asks_with(update, json!({ "input": input, "revision": 1 })).await;
    let network = changed.at("networkUpdate.network");
    assert_eq!(
        (&network["revision"], &network["name"], &network["legalName"]),
        (&json!(2), &json!("MiSO-Netzwerk"), &json!("Beispielnetzwerk e. V."))
    );
    assert_eq!(network["description"], "<p>Wir <strong>alle</strong>.</p>\n");
    assert_eq!(network["openingHours"], json!([{ "weekday": "MONDAY", "opensAt": "10:00", "closesAt": "12:30" }]));
    assert_eq!((&network["funders"], &network["address"]["city"]), (&json!([{ "slug": "stiftung" }]), &json!("Hannover")));
    let stale = office.asks_with(update, json!({ "input": {}, "revision": 1 })).await;
    assert_eq!(*stale.at("networkUpdate.errors"), json!([{ "path": ["expectedRevision"], "code": "STALE_REVISION" }]));
    let wrong = json!({
        "name": null, "email": "nobody", "openingHours": [{ "weekday": "MONDAY", "opensAt": "12:00", "closesAt": "10:00" }],
        "umbrellaIds": ["organisation_00000000000000000000000001"],
    });
    let wrong = office.asks_with(update, json!({ "input": wrong })).await;
    let mut codes: Vec<String> = wrong.each("networkUpdate.errors", "code");
    codes.sort();
    assert_eq!(codes, ["ENDS_BEFORE_START", "INVALID", "NOT_FOUND", "REQUIRED"]);
    assert_eq!(world.office_editor().asks_with(update, json!({ "input": {} })).await.codes(), ["FORBIDDEN"]);
}
