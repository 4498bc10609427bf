//! Inviting somebody to act for an organisation.

use std::net::IpAddr;

use entity::id::OrganisationId;
use entity::words::OrganisationRole::{Editor, Member, Owner};
use entity::{audit_entry, invitation};
use miso::gql::id::Global;
use miso::invitations::ops::{Invite, invite};
use miso::kernel::{Fault, Refused};
use miso_tests::World;
use miso_tests::editing::news;
use miso_tests::people::Actor;
use sea_orm::EntityTrait;
use serde_json::{Value, json};

const AMAL: &str = "amal@example.org";
const ACCEPT: &str = "mutation($token: String!) { invitationAccept(token: $token) { organisation { slug } errors { code path } } }";

/// An association with an owner.
async fn with_owner() -> (World, OrganisationId) {
    let world = World::new().await;
    world.network().await;
    let own = world.organisation("verein").named("Beispielverein").make().await.id;
    world.account("ada@example.org", own, Owner).await;
    (world, own)
}

async fn invites(actor: &Actor<'_>, own: OrganisationId, email: &str, role: &str) -> Result<Value, String> {
    let input = json!({ "id": own.to_global().0, "input": { "email": email, "role": role } });
    actor.changes_organisation("organisationInvite", input).await
}

/// Has somebody invited, and gives the secret in the mail.
async fn invited(world: &World, own: OrganisationId, email: &str) -> String {
    invites(&world.person_of(own, Owner), own, email, "EDITOR").await.unwrap();
    assert!(world.run_jobs().await.failed.is_empty());
    world.secret_mailed(&email.trim().to_lowercase(), "/invitations/")
}

#[tokio::test]
async fn who_is_invited_signs_in_accepts_and_edits() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, " Amal@Example.org").await;
    let query = "query($token: String!) { invitationByToken(token: $token) { email role acceptedAt organisation { name } } }";
    let seen = world.graphql(query, json!({ "token": token })).await;
    let expected = json!({ "email": AMAL, "role": "EDITOR", "acceptedAt": null, "organisation": { "name": "Beispielverein" } });
    assert_eq!(seen.at("invitationByToken"), &expected);
    assert_eq!(world.graphql(ACCEPT, json!({ "token": token })).await.codes(), ["UNAUTHENTICATED"]);
    let amal = world.signs_in(AMAL).await;
    let accepted = amal.graphql(ACCEPT, json!({ "token": token })).await;
    assert_eq!(accepted.at("invitationAccept"), &json!({ "organisation": { "slug": "verein" }, "errors": [] }));
    let write = "mutation($input: PostCreateInput!) { postCreate(input: $input) { post { organisation { slug viewerCan { createPost invite } } } errors { code } } }";
    let written = amal.graphql(write, json!({ "input": news(own, "Neues") })).await;
    let expected = json!({ "slug": "verein", "viewerCan": { "createPost": true, "invite": false } });
    assert_eq!(written.at("postCreate.post.organisation"), &expected);
    let own_roles = amal.graphql("{ viewer { person { organisations { role organisation { slug } } } } }", json!({})).await;
    assert_eq!(own_roles.at("viewer.person.organisations"), &json!([{ "role": "EDITOR", "organisation": { "slug": "verein" } }]));
    let again = amal.graphql(ACCEPT, json!({ "token": token })).await;
    assert_eq!(again.at("invitationAccept"), &json!({ "organisation": null, "errors": [{ "code": "EXPIRED", "path": ["token"] }] }));
    let entries = audit_entry::Entity::find().all(world.db()).await.unwrap();
    let actions: Vec<&str> = entries.iter().map(|entry| entry.action.as_str()).collect();
    assert_eq!(actions, ["organisationInvite", "invitationAccept", "postCreate"]);
    assert!(entries.iter().all(|entry| !format!("{entry:?}").contains(AMAL)), "the log keeps no address");
}

#[tokio::test]
async fn an_invitation_is_bound_to_its_address() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, AMAL).await;
    let other = world.signs_in("bojan@example.org").await;
    assert_eq!(other.graphql(ACCEPT, json!({ "token": token })).await.codes(), ["FORBIDDEN"]);
    assert_eq!(other.graphql(ACCEPT, json!({ "token": "made-up" })).await.codes(), ["NOT_FOUND"]);
    let amal = world.signs_in(AMAL).await;
    assert_eq!(amal.graphql(ACCEPT, json!({ "token": token })).await.at("invitationAccept.organisation.slug"), "verein");
}

#[tokio::test]
async fn it_is_good_for_two_weeks() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, AMAL).await;
    world.at("2022-06-01T08:00:00Z");
    let amal = world.signs_in(AMAL).await;
    assert_eq!(amal.graphql(ACCEPT, json!({ "token": token })).await.at("invitationAccept.errors.0.code"), "EXPIRED");
    world.at("2022-06-01T07:59:59Z");
    assert_eq!(amal.graphql(ACCEPT, json!({ "token": token })).await.at("invitationAccept.organisation.slug"), "verein");
}

#[tokio::test]
async fn inviting_again_replaces_the_earlier_and_taking_it_back_ends_it() {
    let (world, own) = with_owner().await;
    let first = invited(&world, own, AMAL).await;
    let second = invited(&world, own, "AMAL@example.org").await;
    let amal = world.signs_in(AMAL).await;
    assert_eq!(amal.graphql(ACCEPT, json!({ "token": first })).await.codes(), ["NOT_FOUND"]);
    let owner = world.person_of(own, Owner);
    let listed = owner.asks(r#"{ organisation(slug: "verein") { invitations { id email role } } }"#).await;
    assert_eq!(listed.each("organisation.invitations", "email"), [AMAL]);
    let id = listed.at("organisation.invitations.0.id").clone();
    owner.changes_organisation("invitationRevoke", json!({ "id": id })).await.unwrap();
    assert_eq!(owner.changes_organisation("invitationRevoke", json!({ "id": id })).await.unwrap_err(), "NOT_FOUND");
    assert_eq!(amal.graphql(ACCEPT, json!({ "token": second })).await.codes(), ["NOT_FOUND"]);
    // One that is taken back before its mail is written is not mailed.
    invites(&owner, own, "bojan@example.org", "MEMBER").await.unwrap();
    let listed = owner.asks(r#"{ organisation(slug: "verein") { invitations { id } } }"#).await;
    owner.changes_organisation("invitationRevoke", json!({ "id": listed.at("organisation.invitations.0.id") })).await.unwrap();
    let before = world.app.mailer.sent().len();
    assert!(world.run_jobs().await.failed.is_empty());
    assert_eq!(world.app.mailer.sent().len(), before);
}

#[tokio::test]
async fn owners_and_administrators_invite_and_nobody_else() {
    let (world, own) = with_owner().await;
    let another = world.organisation("another").make().await.id;
    let hidden = world.organisation("hidden").never_a_member().make().await.id;
    for (refused, code) in [
        (world.visitor(), "UNAUTHENTICATED"),
        (world.stranger(), "FORBIDDEN"),
        (world.person_of(own, Editor), "FORBIDDEN"),
        (world.person_of(own, Member), "FORBIDDEN"),
        (world.person_of(another, Owner), "FORBIDDEN"),
        (world.office_editor(), "FORBIDDEN"),
    ] {
        assert_eq!(invites(&refused, own, AMAL, "EDITOR").await.unwrap_err(), code);
    }
    assert_eq!(invites(&world.person_of(own, Owner), hidden, AMAL, "EDITOR").await.unwrap_err(), "NOT_FOUND");
    assert!(invitation::Entity::find().all(world.db()).await.unwrap().is_empty());
    invites(&world.administrator(), own, AMAL, "OWNER").await.unwrap();
    let query = r#"{ organisation(slug: "verein") { invitations { email } } }"#;
    for (who, sees) in [
        (world.office_editor(), true),
        (world.person_of(own, Owner), true),
        (world.person_of(own, Editor), false),
        (world.person_of(another, Owner), false),
        (world.visitor(), false),
    ] {
        assert_eq!(who.asks(query).await.errors().is_empty(), sees);
        let row = invitation::Entity::find().one(world.db()).await.unwrap().unwrap();
        let node = who.asks_with("query($id: ID!) { node(id: $id) { id } }", json!({ "id": row.id.to_global().0 })).await;
        assert_eq!(node.at("node").is_object(), sees);
        let revoked = who.changes_organisation("invitationRevoke", json!({ "id": "invitation_00000000000000000000000007" })).await;
        assert_eq!(revoked.unwrap_err(), "NOT_FOUND");
    }
}

#[tokio::test]
async fn who_is_there_is_not_invited_and_whether_others_have_an_account_is_not_told() {
    let (world, own) = with_owner().await;
    let owner = world.person_of(own, Owner);
    world.signs_in("known@example.org").await;
    let (known, statements) = world.statements(invites(&owner, own, "known@example.org", "EDITOR")).await;
    let (unknown, others) = world.statements(invites(&owner, own, "unknown@example.org", "EDITOR")).await;
    assert_eq!((known.unwrap(), statements.len()), (unknown.unwrap(), others.len()));
    assert_eq!(invites(&owner, own, "Ada@example.org", "EDITOR").await.unwrap_err(), "TAKEN at input.email");
    assert_eq!(invites(&owner, own, "niemand", "EDITOR").await.unwrap_err(), "INVALID at input.email");
}

#[tokio::test]
async fn an_accepted_invitation_is_neither_taken_back_nor_listed() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, AMAL).await;
    let id = invitation::Entity::find().one(world.db()).await.unwrap().unwrap().id.to_global().0;
    let accepted = world.signs_in(AMAL).await.graphql(ACCEPT, json!({ "token": token })).await;
    assert_eq!(accepted.at("invitationAccept.organisation.slug"), "verein");
    let owner = world.person_of(own, Owner);
    assert_eq!(owner.changes_organisation("invitationRevoke", json!({ "id": id })).await.unwrap_err(), "WRONG_STATE at ");
    let listed = owner.asks(r#"{ organisation(slug: "verein") { invitations { id } } }"#).await;
    assert_eq!(listed.at("organisation.invitations"), &json!([]));
}

#[tokio::test]
async fn a_secret_stands_nowhere_but_in_the_mail_and_invitations_are_forgotten() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, AMAL).await;
    assert!(world.dump().await.iter().all(|row| !row.contains(&token)));
    world.at("2022-07-01T07:59:59Z");
    miso::invitations::ops::forget(&world.app).await.unwrap();
    assert_eq!(invitation::Entity::find().all(world.db()).await.unwrap().len(), 1);
    world.at("2022-07-01T08:00:01Z");
    miso::invitations::ops::forget(&world.app).await.unwrap();
    assert!(invitation::Entity::find().all(world.db()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_client_that_invites_too_much_is_slowed_down() {
    let (world, own) = with_owner().await;
    let mut cx = world.person_of(own, Owner).cx();
    cx.caller.client = Some("192.0.2.1".parse::<IpAddr>().unwrap().into());
    let mut mailed = 0;
    for at in 0..70 {
        let email = format!("somebody-{at}@example.org").parse().unwrap();
        match invite(&cx, own, Invite { email: Ok(email), role: Member }).await {
            Ok(_) => mailed += 1,
            Err(fault) => assert!(matches!(fault, Fault::Refused(Refused::RateLimited)), "{fault}"),
        }
    }
    assert_eq!(mailed, 60);
}

#[tokio::test]
async fn the_link_opens_a_page_that_changes_nothing_and_leads_through_signing_in() {
    let (world, own) = with_owner().await;
    let token = invited(&world, own, AMAL).await;
    let address = format!("/invitations/{token}");
    let before = world.dump().await;
    let page = world.get(&address).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text().contains("Beispielverein") && page.text().contains(AMAL), "{}", page.text());
    assert_eq!(world.dump().await, before);
    let amal = world.signs_in(AMAL).await;
    let page = amal.get(&address).await;
    assert!(page.text().contains(r#"value="accept""#), "{}", page.text());
    let other = world.signs_in("bojan@example.org").await;
    let page = other.get(&address).await;
    assert!(!page.text().contains(r#"value="accept""#));
    assert_eq!(world.get("/invitations/made-up").await.status.as_u16(), 200, "no link in a mail is dead, though it may be of no use");
}
