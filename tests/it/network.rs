//! The network itself, and who belongs to it on which day.

use miso_tests::World;

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
