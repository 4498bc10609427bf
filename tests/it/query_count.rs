//! How many statements an operation takes: as many for forty rows as for two, whatever is nested.

use entity::words::AccessibilityFeature;
use miso_tests::World;

/// Where a page stands in its list.
const PAGES: &str = "pageInfo { hasNextPage endCursor } totalCount";

/// A world with so many of everything, all joined with one another.
async fn with(rows: usize) -> World {
    let world = World::new().await;
    world.network().await;
    // Search finds this organisation alone, so that the hosts of what it finds are loaded in both worlds.
    let funder = world.organisation("funder").tagged("fest").make().await;
    let mut organisations = Vec::new();
    for at in 0..rows {
        let maker = world.organisation(&format!("organisation-{at}")).saying("de", "Wir.").saying("en", "We.").tagged(&format!("tag-{at}"));
        organisations.push(maker.speaking("tr").make().await);
    }
    for (at, own) in organisations.iter().enumerate() {
        let next = &organisations[(at + 1) % rows];
        world.account(&format!("person-{at}@example.org"), own.id, entity::words::OrganisationRole::Owner).await;
        let invited = world.administrator().asks(&format!(
            r#"mutation {{ organisationInvite(id: "{}", input: {{ email: "somebody-{at}@example.org", role: EDITOR }}) {{ errors {{ code }} }} }}"#,
            miso::gql::id::Global::to_global(own.id).0,
        )).await;
        assert!(invited.errors().is_empty());
        let programme = world.programme(&format!("programme-{at}"), own.id).funded_by(funder.id).make().await;
        let venue = world
            .venue(&format!("venue-{at}"))
            .feature(AccessibilityFeature::StepFree, true)
            .with(|row| row.organisation_id = Some(own.id));
        let venue = venue.make().await;
        let banner = world.picture(own.id).await.id;
        let event = world.event(&format!("fest-{at}"), own.id).hosted_by(next.id, entity::words::HostRole::CoHost).text("en", "Party");
        let event = event.on("2022-06-01T16:00:00Z").on("2022-06-08T16:00:00Z").tagged(&format!("tag-{at}")).held_in("de");
        let event = event
            .feature(AccessibilityFeature::Subtitles, true)
            .with(|row| (row.venue_id, row.programme_id, row.cover_id) = (Some(venue.id), Some(programme.id), Some(banner)));
        let event = event.make().await;
        let (cover, audio) = (world.picture(own.id).await.id, world.recording(own.id).await.id);
        let post = world.post(&format!("fest-bericht-{at}"), own.id).mentioning(next.id).mentioning(funder.id).about(event.id);
        post.tagged(&format!("tag-{at}"))
            .text("en", "Report", "Words.")
            .with(|row| {
                (row.programme_id, row.cover_id, row.audio_id) = (Some(programme.id), Some(cover), Some(audio));
            })
            .make()
            .await;
    }
    world
}

/// Each operation that bears lists, with all that can hang on an item.
fn operations() -> Vec<(&'static str, String)> {
    let organisation = "slug description locales locale focus { slug } languages membership { status } memberships { joinedOn } address { city } viewerCan { update }";
    let event = "slug cover { url variants { url } } title summary description locales startsAt endsAt nextOccurrence { id } place { mode room venue { name features { feature } } }
        hosts { role organisation { slug name } } programme { name } agenda { title } accessibility { languages features { feature } }
        price { kind } registrationPolicy { mode } seats { left } tags { slug } posts { slug title } viewerCan { update }";
    let post = "slug cover { url alt variants { url } } audio { url } title teaser body readingMinutes locales organisation { slug } mentions { slug description } programme { name organisation { slug } }
        tags { slug } events { slug title hosts { organisation { slug } } } viewerCan { update }";
    vec![
        ("organisations", format!("{{ organisations(first: 50) {{ {PAGES} nodes {{ {organisation} }} }} }}")),
        ("organisations with their lists", format!(
            "{{ organisations(first: 50) {{ nodes {{ slug posts(first: 3) {{ {PAGES} nodes {{ title }} }} events(first: 3) {{ {PAGES} nodes {{ title startsAt }} }} }} }} }}"
        )),
        ("organisations with their people", format!(
            "{{ organisations(first: 50) {{ nodes {{ slug people(first: 3) {{ {PAGES} edges {{ role node {{ name email organisations {{ role organisation {{ slug }} }} }} }} }} invitations {{ email role organisation {{ slug }} }} }} }} }}"
        )),
        ("events", format!("{{ events(first: 50) {{ {PAGES} nodes {{ {event} }} }} }}")),
        ("events with their dates", format!(
            "{{ events(first: 50) {{ nodes {{ slug occurrences(first: 3) {{ {PAGES} nodes {{ startsAt seats {{ left }} place {{ venue {{ name }} }} }} }} }} }} }}"
        )),
        ("occurrences", format!("{{ occurrences(first: 50) {{ {PAGES} nodes {{ startsAt cancelled place {{ venue {{ name }} }} seats {{ state }} event {{ {event} }} }} }} }}")),
        ("posts", format!("{{ posts(first: 50) {{ {PAGES} nodes {{ {post} }} }} }}")),
        ("posts by edges", "{ posts(first: 50) { edges { cursor node { title organisation { name focus { slug } } } } } }".to_owned()),
        ("venues", format!("{{ venues(first: 50) {{ {PAGES} nodes {{ name features {{ feature }} organisation {{ slug }} events(first: 3) {{ totalCount nodes {{ title }} }} }} }} }}")),
        ("programmes", "{ programmes { name description organisation { slug } funders { slug } posts(first: 3) { totalCount nodes { title } } events(first: 3) { nodes { title } } } }".to_owned()),
        ("tags", "{ tags { slug name } }".to_owned()),
        ("search", format!(
            r#"{{ search(query: "fest", first: 100) {{ {PAGES} nodes {{ __typename ... on Post {{ title organisation {{ slug }} tags {{ slug }} }}
                ... on Event {{ title startsAt hosts {{ organisation {{ slug }} }} }} ... on Organisation {{ slug description }} }} }} }}"#
        )),
        ("the network", "{ network { memberCount funders { slug focus { slug } } umbrellas { slug } programmes { name funders { slug } } } }".to_owned()),
        ("lists in lists in lists", "{ organisations(first: 20) { nodes { events(first: 5) { nodes { programme { posts(first: 5) { totalCount nodes { mentions { slug } } } } } } } } }".to_owned()),
        ("dates of events of venues", "{ venues(first: 20) { nodes { events(first: 5) { nodes { occurrences(first: 5) { totalCount nodes { startsAt event { slug } } } } } } } }".to_owned()),
    ]
}

#[tokio::test]
async fn statements_do_not_grow_with_rows() {
    let (few, many) = (with(2).await, with(40).await);
    let mut grown = Vec::new();
    for (name, query) in operations() {
        // People are not everybody's to see.
        let by = |world| if name.ends_with("people") { World::administrator(world) } else { World::visitor(world) };
        let (answer, for_few) = few.statements(by(&few).asks(&query)).await;
        let _ = answer.data();
        let (answer, for_many) = many.statements(by(&many).asks(&query)).await;
        let _ = answer.data();
        assert!(!for_few.is_empty(), "{name}: nothing was counted");
        if for_few.len() != for_many.len() {
            let (few, many) = (summary(&for_few), summary(&for_many));
            grown.push(format!("{name}: {} statements for 2 rows:\n{few}\n{} for 40:\n{many}", for_few.len(), for_many.len()));
        }
    }
    assert!(grown.is_empty(), "{}", grown.join("\n\n"));
}

/// Which statements came how often, by their tables.
fn summary(statements: &[String]) -> String {
    let mut counts = std::collections::BTreeMap::new();
    for sql in statements {
        let tables = sql.split("FROM ").skip(1).filter_map(|rest| rest.split([' ', ')']).next()).collect::<Vec<_>>().join(" ");
        *counts.entry(tables).or_insert(0) += 1;
    }
    counts.into_iter().map(|(tables, count)| format!("  {count} × {tables}")).collect::<Vec<_>>().join("\n")
}

#[tokio::test]
async fn a_page_asked_for_many_times_at_once_is_one_statement() {
    let world = with(5).await;
    let query = "{ organisations { nodes { a: events(first: 1) { nodes { id } } b: events(first: 1) { nodes { id } } } } }";
    let (answer, statements) = world.statements(world.visitor().asks(query)).await;
    let _ = answer.data();
    assert!(statements.len() <= 3, "{}", summary(&statements));
}
