//! Sessions and access tokens: how long they last, where they count, and what they cannot do.

use axum::http::{Method, StatusCode};
use entity::id::PersonId;
use entity::person;
use entity::words::{NetworkRole, OrganisationRole};
use miso_tests::World;
use miso_tests::signing_in::Client;
use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::{Value, json};

const AMAL: &str = "amal@example.org";
const WHO: &str = "{ viewer { person { email } } }";

async fn who(client: &Client<'_>) -> Value {
    client.graphql(WHO, json!({})).await.0
}

fn nobody() -> Value {
    json!({ "viewer": null })
}

#[tokio::test]
async fn a_session_lasts_thirty_days_from_its_last_use() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    for day in ["2022-06-10T08:00:00Z", "2022-07-05T08:00:00Z", "2022-08-04T07:00:00Z"] {
        world.at(day);
        assert_eq!(who(&amal).await["data"]["viewer"]["person"]["email"], AMAL, "{day}");
    }
    world.at("2022-09-03T08:00:01Z");
    let ended = who(&amal).await;
    assert_eq!(ended["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test]
async fn a_secret_that_is_none_is_told_so_and_a_cookie_that_is_none_is_as_no_cookie() {
    let world = World::new().await;
    let reply = world.with_secret("made-up").post(&json!({ "query": WHO })).await;
    assert_eq!((reply.status, reply.header("www-authenticate")), (StatusCode::UNAUTHORIZED, "Bearer"));
    let reply = world.post_graphql(&[("cookie", "__Host-miso_session=made-up")], &json!({ "query": WHO })).await;
    assert_eq!(reply.json()["data"], nobody());
}

#[tokio::test]
async fn the_cookie_counts_for_our_own_pages_alone() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    let cookie = format!("__Host-miso_session={}", amal.secret);
    let asked = async |site: &str| {
        let headers = [("cookie", cookie.as_str()), ("sec-fetch-site", site)];
        world.post_graphql(&headers, &json!({ "query": WHO })).await.json()["data"].clone()
    };
    assert_eq!(asked("same-origin").await["viewer"]["person"]["email"], AMAL);
    for elsewhere in ["cross-site", "same-site"] {
        assert_eq!(asked(elsewhere).await, nobody(), "{elsewhere}");
    }
    let form = [("cookie", cookie.as_str()), ("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    world.send(Method::POST, "/account", &form, "form=update&name=Fremd&locale=de").await;
    assert_eq!(*amal.graphql("{ viewer { person { name } } }", json!({})).await.at("viewer.person.name"), json!(null));
}

#[tokio::test]
async fn whoever_signs_out_is_out_here_and_ends_other_sessions_from_here() {
    let world = World::new().await;
    let (here, there) = (world.signs_in(AMAL).await, world.at("2022-05-18T08:01:00Z").signs_in(AMAL).await);
    let sessions = here.graphql("{ viewer { sessions { id isCurrent } } }", json!({})).await;
    let other = sessions.at("viewer.sessions").as_array().unwrap().iter().find(|one| one["isCurrent"] == false).unwrap()["id"].clone();
    let revoke = "mutation($id: ID!) { sessionRevoke(id: $id) { accepted errors { code } } }";
    let stranger = world.signs_in("bojan@example.org").await;
    assert_eq!(stranger.graphql(revoke, json!({ "id": other })).await.codes(), ["NOT_FOUND"]);
    assert_eq!(who(&there).await["data"]["viewer"]["person"]["email"], AMAL);
    assert_eq!(*here.graphql(revoke, json!({ "id": other })).await.at("sessionRevoke.accepted"), true);
    assert_eq!(who(&there).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
    let out = here.post(&json!({ "query": "mutation { signOut { accepted } }" })).await;
    assert!(out.header("set-cookie").contains("Max-Age=0"), "{:?}", out.headers);
    assert_eq!(who(&here).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test]
async fn an_access_token_acts_for_its_person_until_it_ends_and_makes_no_other() {
    let world = World::new().await;
    let amal = world.signs_in(AMAL).await;
    let create = "mutation($input: AccessTokenCreateInput!) { accessTokenCreate(input: $input) { secret accessToken { id name expiresAt } errors { path code } } }";
    let refused = amal.graphql(create, json!({ "input": { "name": " ", "expiresAt": "2022-05-17T00:00:00Z" } })).await;
    let wrong = json!([{ "path": ["input", "name"], "code": "REQUIRED" }, { "path": ["input", "expiresAt"], "code": "IN_THE_PAST" }]);
    assert_eq!(*refused.at("accessTokenCreate.errors"), wrong);
    let made = amal.graphql(create, json!({ "input": { "name": "Webseite", "expiresAt": "2022-06-01T00:00:00Z" } })).await;
    let secret = made.at("accessTokenCreate.secret").as_str().unwrap().to_owned();
    assert!(secret.starts_with("miso_"));
    assert!(!world.dump().await.iter().any(|row| row.contains(&secret)));
    let program = world.with_secret(&secret);
    assert_eq!(who(&program).await["data"]["viewer"]["person"]["email"], AMAL);
    assert_eq!(program.graphql(create, json!({ "input": { "name": "Noch eines" } })).await.codes(), ["FORBIDDEN"]);
    // Nor does it give anybody else what lasts longer than it.
    let own = program.graphql("{ viewer { person { id } } }", json!({})).await.at("viewer.person.id").clone();
    let id: PersonId = miso::gql::id::GlobalId::parse(&async_graphql::ID(own.as_str().unwrap().to_owned())).unwrap().key.into();
    let administers = person::Entity::update_many().col_expr(person::Column::NetworkRole, Expr::value(NetworkRole::Admin));
    administers.filter(person::Column::Id.eq(id)).exec(world.db()).await.unwrap();
    let set = "mutation($id: ID!) { personSetNetworkRole(id: $id, role: EDITOR) { errors { code } } }";
    assert_eq!(program.graphql(set, json!({ "id": own })).await.codes(), ["FORBIDDEN"]);
    world.at("2022-06-01T00:00:00Z");
    assert_eq!(who(&program).await["errors"][0]["extensions"]["code"], "UNAUTHENTICATED");
}

#[tokio::test]
async fn an_administrator_gives_parts_in_the_office_and_the_last_one_stays() {
    let world = World::new().await;
    let (amal, bojan) = (world.signs_in(AMAL).await, world.signs_in("bojan@example.org").await);
    let office = world.administrator();
    let set = "mutation($id: ID!, $role: NetworkRole) { personSetNetworkRole(id: $id, role: $role) { person { networkRole } errors { path code } } }";
    let id_of = async |client: &Client<'_>| client.graphql("{ viewer { person { id } } }", json!({})).await.at("viewer.person.id").clone();
    let (own, other) = (id_of(&amal).await, id_of(&bojan).await);
    assert_eq!(amal.graphql(set, json!({ "id": own, "role": "ADMIN" })).await.codes(), ["FORBIDDEN"]);
    let made = office.asks_with(set, json!({ "id": own, "role": "ADMIN" })).await;
    assert_eq!(*made.at("personSetNetworkRole.person.networkRole"), "ADMIN");
    // What she may do she may do at once, in the session that she has.
    assert_eq!(*amal.graphql(set, json!({ "id": other, "role": "EDITOR" })).await.at("personSetNetworkRole.person.networkRole"), "EDITOR");
    let last = amal.graphql(set, json!({ "id": own, "role": null })).await;
    assert_eq!(*last.at("personSetNetworkRole.errors"), json!([{ "path": ["role"], "code": "WRONG_STATE" }]));
    assert_eq!(bojan.graphql(set, json!({ "id": own, "role": null })).await.codes(), ["FORBIDDEN"]);
    let rows = person::Entity::find().all(world.db()).await.unwrap();
    let row = rows.iter().find(|row| row.email == AMAL).unwrap();
    assert_eq!(row.network_role, Some(NetworkRole::Admin));
}

#[tokio::test]
async fn the_office_finds_people_by_name_and_administrators_by_address_too() {
    let world = World::new().await;
    let host = world.organisation("host").make().await;
    world.account("emel@example.org", host.id, OrganisationRole::Editor).await;
    let query = "query($search: String) { people(search: $search) { totalCount } }";
    let found = async |actor: miso_tests::Actor<'_>, search: &str| {
        actor.asks_with(query, json!({ "search": search })).await.at("people.totalCount").clone()
    };
    assert_eq!(found(world.office_editor(), "beispiel").await, 1);
    assert_eq!(found(world.office_editor(), "emel@").await, 0);
    assert_eq!(found(world.administrator(), "EMEL@").await, 1);
    assert_eq!(found(world.administrator(), "%").await, 0);
    assert_eq!(world.person_of(host.id, OrganisationRole::Owner).asks("{ people { totalCount } }").await.codes(), ["FORBIDDEN"]);
}
