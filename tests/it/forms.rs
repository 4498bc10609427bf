//! What a person does without JavaScript: every step is a page, and every deed a button.

use async_graphql::Request;
use axum::http::{Method, StatusCode};
use entity::lists::Question;
use entity::words::QuestionKind;
use entity::{event, registration};
use miso::secret::Purpose;
use miso_tests::World;
use sea_orm::EntityTrait;

/// An evening with ten seats, where it matters what people eat.
async fn evening(world: &World) -> event::Model {
    world.network().await;
    let host = world.organisation("host").named("Beispielverein").make().await;
    let question = Question {
        key: "food".into(),
        label: "Was essen Sie?".into(),
        help: Some("Damit es für alle reicht.".into()),
        kind: QuestionKind::Choices,
        required: true,
        sensitive: true,
        choices: vec!["vegan".into(), "halal".into()],
    };
    world.open_event("abend", host.id, 10).with(|row| row.questions = vec![question].into()).make().await
}

async fn registered(world: &World) -> Vec<registration::Model> {
    registration::Entity::find().all(world.db()).await.unwrap()
}

fn address_of(world: &World, registration: &registration::Model) -> String {
    format!("/registrations/{}", world.app.links.token(Purpose::Registration, registration.id, registration.secret_version))
}

const TYPED: [(&str, &str); 6] = [
    ("name", "Beispiel Person"),
    ("email", "person@example.org"),
    ("seats", "2"),
    ("answer.food", "vegan"),
    ("answer.food", "halal"),
    ("note", "Bis dann\r\nund danke"),
];

#[tokio::test]
async fn a_person_without_javascript_registers_sees_it_and_cancels() {
    let world = World::new().await;
    evening(&world).await;
    let told = world.fill_in("/events/abend", "register", &TYPED).await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(told.text().contains("Sie sind angemeldet") && told.text().contains("person@example.org"), "{}", told.text());

    let [row] = registered(&world).await.try_into().unwrap();
    assert_eq!((row.name.as_str(), row.seats, row.note.as_deref()), ("Beispiel Person", 2, Some("Bis dann\nund danke")));
    let address = address_of(&world, &row);
    let page = world.get(&address).await;
    assert_eq!((page.status, page.header("cache-control"), page.header("referrer-policy")), (StatusCode::OK, "no-store", "no-referrer"));
    for shown in ["Sie sind angemeldet.", "abend", "Beispiel Person", "Was essen Sie?", "vegan, halal", "cancel=yes"] {
        assert!(page.text().contains(shown), "{shown} is not in {}", page.text());
    }

    let cancelled = world.fill_in(&format!("{address}?cancel"), "cancel", &[]).await;
    assert_eq!((cancelled.status, cancelled.header("location")), (StatusCode::SEE_OTHER, format!("{address}?done=cancelled").as_str()));
    let page = world.get(cancelled.header("location")).await;
    assert!(page.text().contains("Diese Anmeldung ist abgesagt.") && !page.text().contains("cancel=yes"), "{}", page.text());
}

#[tokio::test]
async fn a_button_pressed_twice_registers_once_and_says_the_same() {
    let world = World::new().await;
    evening(&world).await;
    let page = world.get("/events/abend").await;
    let hidden = page.hidden_fields("register");
    let fields: Vec<(&str, &str)> = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str())).chain(TYPED).collect();
    let (first, second) = (world.post_form("/events/abend", &fields).await, world.post_form("/events/abend", &fields).await);
    assert_eq!((first.status, first.text()), (second.status, second.text()));
    assert_eq!(registered(&world).await.len(), 1);
    assert_ne!(world.get("/events/abend").await.hidden_fields("register"), hidden, "the next form has a key of its own");
}

#[tokio::test]
async fn what_is_wrong_stands_beside_the_fields_and_what_was_typed_stays() {
    let world = World::new().await;
    evening(&world).await;
    let reply = world.fill_in("/events/abend", "register", &[("name", "Beispiel"), ("email", "no address"), ("seats", "9")]).await;
    assert_eq!(reply.status, StatusCode::UNPROCESSABLE_ENTITY);
    for shown in [
        "href=\"#in-email\"",
        "href=\"#in-seats\"",
        "href=\"#in-answer.food\"",
        "value=\"Beispiel\"",
        "value=\"no address\"",
        "value=\"9\"",
    ] {
        assert!(reply.text().contains(shown), "{shown} is not in {}", reply.text());
    }
    assert_eq!(registered(&world).await, []);
}

#[tokio::test]
async fn opening_pages_changes_nothing_whatever_stands_in_their_addresses() {
    let world = World::new().await;
    evening(&world).await;
    world.fill_in("/events/abend", "register", &TYPED).await;
    let row = registered(&world).await.remove(0);
    let address = address_of(&world, &row);
    let before = world.dump().await;
    for address in
        ["/events/abend".to_owned(), address.clone(), format!("{address}?cancel"), format!("{address}?form=cancel&done=cancelled")]
    {
        for method in [Method::GET, Method::HEAD, Method::OPTIONS] {
            world.ask(method, &address, &[("accept", "text/html")]).await;
        }
    }
    let foreign = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    assert_eq!(world.send(Method::POST, &address, &foreign, "form=cancel").await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.dump().await, before);
}

#[tokio::test]
async fn a_secret_that_opens_nothing_is_a_page_that_is_not_there() {
    let world = World::new().await;
    world.network().await;
    for reply in [world.get("/registrations/made-up").await, world.post_form("/registrations/made-up", &[("form", "cancel")]).await] {
        assert_eq!((reply.status, reply.header("x-robots-tag")), (StatusCode::NOT_FOUND, "noindex"));
    }
}

#[tokio::test]
async fn every_document_of_the_pages_fits_the_schema() {
    let world = World::new().await;
    let mutations = miso_web::mutations().map(|(page, form, document)| (format!("{page}/{form}"), document));
    for (name, document) in miso_web::queries().map(|(page, document)| (page.to_owned(), document)).chain(mutations) {
        // Documents are checked before the operation is looked for.
        let response = world.schema.execute(Request::new(document).operation_name("none")).await;
        let said: Vec<&str> = response.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(said, ["Unknown operation named \"none\""], "{name}");
    }
}
