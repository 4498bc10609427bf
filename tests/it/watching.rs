//! Watching: what changes is told at once to whoever may know, from any process.

use entity::words::OrganisationRole;
use entity::{occurrence, organisation_person, person};
use miso::gql::id::Global;
use miso::secret::Purpose;
use miso_tests::World;
use miso_tests::db::is_postgres;
use miso_tests::process::Server;
use miso_tests::registering::{CREATE, decided, who};
use miso_tests::socket::Socket;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

const SEATS: &str = "subscription($id: ID!) { seatsChanged(occurrenceId: $id) { id seats { state left } } }";
const REGISTRATIONS: &str =
    "subscription($id: ID!) { registrationChanged(eventId: $id) { name status seats checkedInAt occurrence { id } } }";

/// Two servers that do no jobs; one where there is one process alone.
async fn servers(world: &World) -> Vec<Server> {
    let mut servers = Vec::new();
    for _ in 0..if is_postgres() { 2 } else { 1 } {
        servers.push(Server::start(world.database_url(), &[("MISO_SERVE_JOBS", "false")]).await);
    }
    servers
}

/// Waits until a subscription has begun, for what comes before is not heard: somebody comes and goes again until it is.
async fn until_it_is_heard(socket: &mut Socket, world: &World, server: &Server, date: &occurrence::Model) {
    while !socket.hears_something().await {
        server.graphql(CREATE, &json!({ "input": who("Probe", date) })).await;
        leave(server, world, "probe@example.org").await;
    }
    while socket.hears_something().await {}
}

/// Cancels the registration of an address.
async fn leave(server: &Server, world: &World, email: &str) {
    let cancel = "mutation($by: RegistrationBy!) { registrationCancel(by: $by) { errors { code } } }";
    let answer = server.graphql(cancel, &json!({ "by": { "token": world.token_of(email).await } })).await;
    assert!(answer.codes().is_empty(), "{:?}", answer.codes());
}

async fn introduction_of(world: &World, email: &str) -> Value {
    json!({ "authorization": format!("Bearer {}", world.signs_in(email).await.secret) })
}

#[tokio::test]
async fn whoever_looks_at_a_date_hears_how_many_seats_are_left_whichever_process_gave_them() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 3).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let servers = servers(&world).await;
    let (near, far) = (&servers[0], servers.last().unwrap());
    let mut socket = near.socket(&[], Value::Null).await;
    socket.subscribe("seats", SEATS, json!({ "id": date.id.to_global().0 })).await;
    until_it_is_heard(&mut socket, &world, &servers[0], &date).await;
    let mut input = who("Amal", &date);
    input["seats"] = json!(2);
    assert_eq!(decided(&far.graphql(CREATE, &json!({ "input": input })).await), "CONFIRMED");
    let seats =
        |state: &str, left: i64| json!({ "seatsChanged": { "id": date.id.to_global().0, "seats": { "state": state, "left": left } } });
    assert_eq!(socket.data().await, seats("OPEN", 1));
    assert_eq!(decided(&far.graphql(CREATE, &json!({ "input": who("Bilal", &date) })).await), "CONFIRMED");
    assert_eq!(socket.data().await, seats("WAITLIST", 0));
    leave(far, &world, "amal@example.org").await;
    assert_eq!(socket.data().await, seats("OPEN", 2));
    // Who no longer listens is told nothing, and the socket serves on.
    socket.say(json!({ "type": "complete", "id": "seats" })).await;
    assert_eq!(socket.hears().await.unwrap(), json!({ "type": "complete", "id": "seats" }));
    far.graphql(CREATE, &json!({ "input": who("Cana", &date) })).await;
    assert!(!socket.hears_something().await);
}

#[tokio::test]
async fn organisers_hear_of_every_registration_as_it_is_made_decided_and_let_in_and_nobody_else_does() {
    let world = World::new().await;
    world.at("2099-06-01T15:30:00Z");
    let (host, other) = (world.organisation("host").make().await, world.organisation("other").make().await);
    world.account("editor@example.org", host.id, OrganisationRole::Editor).await;
    world.account("stranger@example.org", other.id, OrganisationRole::Owner).await;
    let event = world.open_event("abend", host.id, 1).on("2099-06-01T16:00:00Z").make().await;
    let another = world.open_event("morgen", host.id, 1).on("2099-06-02T16:00:00Z").make().await;
    let (date, elsewhere) = (world.dates_of(&event).await.remove(0), world.dates_of(&another).await.remove(0));
    let servers = servers(&world).await;
    let (near, far) = (&servers[0], servers.last().unwrap());
    let id = json!({ "id": event.id.to_global().0 });
    let mut stranger = near.socket(&[], introduction_of(&world, "stranger@example.org").await).await;
    stranger.subscribe("all", REGISTRATIONS, id.clone()).await;
    assert_eq!(stranger.refusal().await, "FORBIDDEN");
    let mut visitor = near.socket(&[], Value::Null).await;
    visitor.subscribe("all", REGISTRATIONS, id.clone()).await;
    assert_eq!(visitor.refusal().await, "UNAUTHENTICATED");
    let mut editor = near.socket(&[], introduction_of(&world, "editor@example.org").await).await;
    editor.subscribe("all", REGISTRATIONS, id).await;
    until_it_is_heard(&mut editor, &world, far, &date).await;
    far.graphql(CREATE, &json!({ "input": who("Elsewhere", &elsewhere) })).await;
    far.graphql(CREATE, &json!({ "input": who("Amal", &date) })).await;
    let changed = async |editor: &mut Socket| {
        let row = editor.data().await["registrationChanged"].take();
        assert_eq!(row["occurrence"]["id"], date.id.to_global().0, "{row}");
        format!("{} {} {}", row["name"].as_str().unwrap(), row["status"].as_str().unwrap(), row["checkedInAt"].is_string())
    };
    assert_eq!(changed(&mut editor).await, "Amal CONFIRMED false");
    far.graphql(CREATE, &json!({ "input": who("Bilal", &date) })).await;
    assert_eq!(changed(&mut editor).await, "Bilal WAITLISTED false");
    leave(far, &world, "amal@example.org").await;
    let mut both = [changed(&mut editor).await, changed(&mut editor).await];
    both.sort();
    assert_eq!(both, ["Amal CANCELLED false", "Bilal CONFIRMED false"]);
    let code = world.app.links.token(Purpose::CheckIn, world.registration_of("bilal@example.org").await.id, 0);
    let check_in = "mutation($by: RegistrationBy!) { registrationCheckIn(by: $by) { errors { code message } } }";
    let at_the_door = world.signs_in("editor@example.org").await.secret;
    let answer = far
        .post(
            "/graphql",
            &[("Authorization", &format!("Bearer {at_the_door}")), ("Content-Type", "application/json")],
            json!({ "query": check_in, "variables": { "by": { "checkInCode": code } } }).to_string().as_bytes(),
        )
        .await;
    assert_eq!(answer["data"]["registrationCheckIn"]["errors"], json!([]), "{answer}");
    assert_eq!(changed(&mut editor).await, "Bilal CONFIRMED true");
}

#[tokio::test]
async fn who_is_no_longer_an_organiser_or_signed_out_hears_nothing_more() {
    let world = World::new().await;
    world.at("2099-05-01T08:00:00Z");
    let host = world.organisation("host").make().await;
    let mut watching = Vec::new();
    let event = world.open_event("abend", host.id, 9).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let server = Server::start(world.database_url(), &[("MISO_SERVE_JOBS", "false")]).await;
    for email in ["leaves@example.org", "signs.out@example.org"] {
        world.account(email, host.id, OrganisationRole::Editor).await;
        let secret = world.signs_in(email).await.secret;
        // As a browser does, with what it sends along by itself.
        let mut socket = server.socket(&[("authorization", &format!("Bearer {secret}"))], Value::Null).await;
        socket.subscribe("all", REGISTRATIONS, json!({ "id": event.id.to_global().0 })).await;
        until_it_is_heard(&mut socket, &world, &server, &date).await;
        watching.push((secret, socket));
    }
    while watching[0].1.hears_something().await {}
    let leaves = person::Entity::find().filter(person::Column::Email.eq("leaves@example.org")).one(world.db()).await.unwrap().unwrap();
    let part = organisation_person::Entity::delete_many().filter(organisation_person::Column::PersonId.eq(leaves.id));
    assert_eq!(part.exec(world.db()).await.unwrap().rows_affected, 1);
    let answer = world.with_secret(&watching[1].0).graphql("mutation { signOut { errors { code } } }", json!({})).await;
    assert!(answer.codes().is_empty(), "{:?}", answer.codes());
    server.graphql(CREATE, &json!({ "input": who("Amal", &date) })).await;
    for (_, socket) in &mut watching {
        assert_eq!(socket.hears().await.unwrap(), json!({ "type": "complete", "id": "all" }));
    }
}

#[tokio::test]
async fn a_socket_takes_so_many_subscriptions_and_nothing_else_and_another_sites_page_borrows_no_session() {
    let world = World::new().await;
    world.at("2099-05-01T08:00:00Z");
    let host = world.organisation("host").make().await;
    world.account("editor@example.org", host.id, OrganisationRole::Editor).await;
    let event = world.open_event("abend", host.id, 9).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let server = Server::start(world.database_url(), &[("MISO_SERVE_JOBS", "false"), ("MISO_PUBLIC_URL", "http://miso.example")]).await;
    let mut socket = server.socket(&[], Value::Null).await;
    for query in ["{ network { name } }", "mutation { signOut { errors { code } } }"] {
        socket.subscribe("other", query, json!({})).await;
        assert_eq!(socket.refusal().await, "BAD_USER_INPUT");
        assert_eq!(socket.hears().await.unwrap()["type"], "complete");
    }
    socket.subscribe("deep", &format!("subscription {{ {} }}", "a { ".repeat(70) + &"} ".repeat(70)), json!({})).await;
    assert_eq!(socket.refusal().await, "QUERY_TOO_COMPLEX");
    assert_eq!(socket.hears().await.unwrap()["type"], "complete");
    for at in 0..20 {
        socket.subscribe(&at.to_string(), SEATS, json!({ "id": date.id.to_global().0 })).await;
    }
    socket.subscribe("one too many", SEATS, json!({ "id": date.id.to_global().0 })).await;
    assert_eq!(socket.refusal().await, "RATE_LIMITED");
    let cookie = format!("miso_session={}", world.signs_in("editor@example.org").await.secret);
    for (origin, answer) in [("http://evil.example", "UNAUTHENTICATED"), ("http://miso.example", "NOT_FOUND")] {
        let mut socket = server.socket(&[("cookie", &cookie), ("origin", origin)], Value::Null).await;
        // Whoever is signed in is told that there is no such event, before it is asked what they may.
        let id = if answer == "NOT_FOUND" { "no id".to_owned() } else { event.id.to_global().0 };
        socket.subscribe("all", REGISTRATIONS, json!({ "id": id })).await;
        assert_eq!(socket.refusal().await, answer, "{origin}");
    }
    let mut own = server.socket(&[("cookie", &cookie), ("origin", "http://miso.example")], Value::Null).await;
    own.subscribe("all", REGISTRATIONS, json!({ "id": event.id.to_global().0 })).await;
    until_it_is_heard(&mut own, &world, &server, &date).await;
    server.graphql(CREATE, &json!({ "input": who("Amal", &date) })).await;
    assert_eq!(own.data().await["registrationChanged"]["name"], "Amal");
    let mut liar = server.silent_socket(&[]).await;
    liar.say(json!({ "type": "connection_init", "payload": { "authorization": "Bearer nobody's" } })).await;
    assert_eq!(liar.hears().await, Err("1002 Forbidden".to_owned()));
}

#[tokio::test]
async fn when_the_process_ends_or_the_database_was_away_who_watches_is_asked_to_begin_anew() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    let event = world.open_event("abend", host.id, 9).on("2099-06-01T16:00:00Z").make().await;
    let date = world.dates_of(&event).await.remove(0);
    let server = Server::start(world.database_url(), &[("MISO_SERVE_JOBS", "false")]).await;
    let watch = async || {
        let mut socket = server.socket(&[], Value::Null).await;
        socket.subscribe("seats", SEATS, json!({ "id": date.id.to_global().0 })).await;
        until_it_is_heard(&mut socket, &world, &server, &date).await;
        socket
    };
    let begin_anew = Err("1012 please connect again".to_owned());
    if is_postgres() {
        let mut socket = watch().await;
        let cut =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%changed%'";
        world.db().execute_unprepared(cut).await.unwrap();
        assert_eq!(socket.hears().await, begin_anew);
    }
    let mut socket = watch().await;
    server.graphql(CREATE, &json!({ "input": who("Amal", &date) })).await;
    assert_eq!(socket.data().await["seatsChanged"]["seats"]["left"], 8);
    server.stop();
    assert_eq!(socket.hears().await, begin_anew);
}
