//! Every field of every object, asked for by everybody. Those that everybody sees stand in no table.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{BaseType, FieldDefinition, Type, TypeKind, TypeSystemDefinition};
use miso::gql::id::Global;
use miso_tests::World;
use miso_tests::editing::evening;
use miso_tests::graphql::pick;
use serde_json::Value;

use super::scene::{Scene, Who};
use super::table::Table;

/// What stands above the table.
pub const WORDS: &str = "\
# Who sees what

Every object of the schema in bold, and those of its fields that not everybody sees who sees the object, as the program itself shows
them. Tests write this table by asking, and fail where the program answers otherwise.

- **shown**, or **true** and **false**: they see it.
- **–**: they get nothing, as where there is nothing.
- **sign in**, **no**: they are told so.";

/// Objects, where they stand in an answer, and how one comes to them; `FIELD` stands for what is asked of them.
type Way = (&'static str, &'static str, &'static [&'static str], fn(&Scene<'_>) -> String);

const WAYS: &[Way] = &[
    ("Query", "", &[], |_| "FIELD".to_owned()),
    ("Viewer", "", &["viewer"], |_| "viewer { FIELD }".to_owned()),
    ("JobReport", "", &["jobs"], |_| "jobs { FIELD }".to_owned()),
    ("DeadLetter", "", &["jobs", "deadLetters", "nodes"], |_| "jobs { deadLetters { nodes { FIELD } } }".to_owned()),
    ("MembershipApplication", "", &["node", "application"], |scene| {
        node(scene.applicant, "Organisation").replace("FIELD", "application { FIELD }")
    }),
    ("AuditEntry", "", &["auditLog", "nodes"], |_| "auditLog(last: 1) { nodes { FIELD } }".to_owned()),
    ("Organisation", "", &["node"], |scene| node(scene.organisation, "Organisation")),
    ("OrganisationCalendarSource", "", &["node", "calendarSource"], |scene| {
        node(scene.organisation, "Organisation").replace("FIELD", "calendarSource { FIELD }")
    }),
    ("Person", " (oneself)", &["node"], |scene| node(scene.own_id, "Person")),
    ("Person", " (who acts for the organisation)", &["node"], |scene| node(scene.colleague, "Person")),
    ("Invitation", " (by the mail’s secret)", &["invitationByToken"], |scene| by_secret("invitation", &scene.invitation_secret())),
    ("Invitation", "", &["node", "invitations"], |scene| {
        node(scene.organisation, "Organisation").replace("FIELD", "invitations { FIELD }")
    }),
    ("Event", " (published)", &["node"], |scene| node(scene.event, "Event")),
    ("Event", " (for members)", &["node"], |scene| node(scene.members_event, "Event")),
    ("Event", " (draft)", &["node"], |scene| node(scene.draft_event, "Event")),
    ("Occurrence", " (published)", &["node"], |scene| node(scene.date, "Occurrence")),
    ("Occurrence", " (draft)", &["node"], |scene| node(scene.draft_date, "Occurrence")),
    ("Post", " (published)", &["node"], |scene| node(scene.post, "Post")),
    ("Post", " (draft)", &["node"], |scene| node(scene.draft_post, "Post")),
    ("Image", "", &["node", "cover"], |scene| node(scene.post, "Post").replace("FIELD", "cover { FIELD }")),
    ("ImageVariant", "", &["node", "cover", "variants"], |scene| node(scene.post, "Post").replace("FIELD", "cover { variants { FIELD } }")),
    ("Audio", "", &["node", "audio"], |scene| node(scene.post, "Post").replace("FIELD", "audio { FIELD }")),
    ("Registration", "", &["node"], |scene| node(scene.registration, "Registration")),
    ("Registration", " (by the mail’s secret)", &["registrationByToken"], |scene| {
        by_secret("registration", &scene.registration_secret())
    }),
    ("Subscriber", " (by the mail’s secret)", &["subscriberByToken"], |scene| by_secret("subscriber", &scene.reader_secret())),
    ("NewsletterSubscription", " (by the mail’s secret)", &["subscriberByToken", "subscriptions"], |scene| {
        by_secret("subscriber", &scene.reader_secret()).replace("FIELD", "subscriptions { FIELD }")
    }),
    ("Newsletter", "", &["node"], |scene| node(scene.newsletter, "Newsletter")),
    ("NewsletterSubscription", "", &["node", "subscriptions", "nodes"], |scene| {
        node(scene.newsletter, "Newsletter").replace("FIELD", "subscriptions { nodes { FIELD } }")
    }),
    ("NewsletterIssuePreview", "", &["node", "preview"], |scene| {
        node(scene.issue, "NewsletterIssue").replace("FIELD", "preview { FIELD }")
    }),
    ("NewsletterIssue", " (draft)", &["node"], |scene| node(scene.issue, "NewsletterIssue")),
    ("Session", " (one’s own)", &["node"], |scene| node(scene.session, "Session")),
    ("Session", " (somebody else’s)", &["node"], |scene| node(scene.other_session, "Session")),
    ("AccessToken", " (one’s own)", &["node"], |scene| node(scene.access_token, "AccessToken")),
    ("AccessToken", " (somebody else’s)", &["node"], |scene| node(scene.other_access_token, "AccessToken")),
    ("Programme", "", &["node"], |scene| node(scene.programme, "Programme")),
    ("Calendar", "", &["calendarAt"], |_| r#"calendarAt(url: "/calendar.ics") { FIELD }"#.to_owned()),
    ("CalendarDate", "", &["calendarAt", "ahead"], |_| r#"calendarAt(url: "/calendar.ics") { ahead { FIELD } }"#.to_owned()),
    ("Venue", "", &["node"], |scene| node(scene.venue, "Venue")),
    ("Tag", "", &["node", "focus"], |scene| node(scene.organisation, "Organisation").replace("FIELD", "focus { FIELD }")),
];

fn node(id: impl Global, kind: &str) -> String {
    format!(r#"node(id: "{}") {{ ... on {kind} {{ FIELD }} }}"#, id.to_global().0)
}

fn by_secret(object: &str, secret: &str) -> String {
    format!(r#"{object}ByToken(token: "{secret}") {{ FIELD }}"#)
}

/// The table of what is not everybody's.
pub async fn table(objects: &[(String, Vec<FieldDefinition>)]) -> Table {
    let world = World::new().await;
    world.network().await;
    let objects: BTreeMap<&str, &[FieldDefinition]> = objects.iter().map(|(name, fields)| (name.as_str(), fields.as_slice())).collect();
    let mut scenes = Vec::new();
    for (number, who) in Who::ALL.into_iter().enumerate() {
        let scene = Scene::new(&world, who, number).await;
        let actor = scene.actor().await;
        scenes.push((scene, actor));
    }
    world.administrator().drafts(evening(scenes[0].0.organisation, "Abend")).await;
    let schema = Fields { objects, plain: plain(), reached: RefCell::default() };
    let mut table = Table::default();
    for (object, note, start, way) in WAYS {
        let mut of_itself = None;
        for path in schema.paths(object, &mut Vec::new()) {
            let asked = scenes.iter().map(async |(scene, actor)| {
                let answer = actor.asks(&format!("{{ {} }}", way(scene).replace("FIELD", &path.query))).await;
                let codes: Vec<String> = answer.codes().into_iter().map(str::to_owned).collect();
                seen(&answer.0["data"], start, &path.steps, codes.first().map(String::as_str))
            });
            let cells = futures_util::future::join_all(asked).await;
            if of_itself.is_none() {
                table.row(format!("**{object}**{note}"), cells.clone());
                of_itself = Some(cells);
            } else if of_itself.as_ref() != Some(&cells) && cells.iter().any(|cell| *cell != cells[0]) {
                table.row(format!("{object}{note}: `{}`", path.steps.join(".")), cells);
            }
        }
    }
    schema.assert_all_reached();
    table
}

/// A field that can be asked for, at the end of its way through values.
struct Path {
    steps: Vec<String>,
    query: String,
}

/// What the schema has.
struct Fields<'s> {
    objects: BTreeMap<&'s str, &'s [FieldDefinition]>,
    /// Types without fields.
    plain: BTreeSet<String>,
    /// Objects whose fields were asked for.
    reached: RefCell<BTreeSet<String>>,
}

impl Fields<'_> {
    /// Every object has rows, but for what mutations answer, what subscriptions tell, and how lists are cut.
    fn assert_all_reached(&self) {
        let is_frame = |name: &str| {
            ["Mutation", "Subscription", "PageInfo", "UserError", "RegistrationReceipt"].contains(&name)
                || ["Payload", "Connection", "Edge"].iter().any(|end| name.ends_with(end))
        };
        let reached = self.reached.borrow();
        let missing: Vec<_> = self.objects.keys().filter(|name| !is_frame(name) && !reached.contains(**name)).collect();
        assert_eq!(missing, Vec::<&&str>::new(), "nobody asks for the fields of these");
    }

    /// Every field of an object, itself first, and of the values in it, but not of other objects that have rows of their own.
    fn paths(&self, object: &str, within: &mut Vec<String>) -> Vec<Path> {
        let mut found = Vec::new();
        if within.is_empty() {
            found.push(Path { steps: vec!["__typename".to_owned()], query: "__typename".to_owned() });
        }
        within.push(object.to_owned());
        self.reached.borrow_mut().insert(object.to_owned());
        for field in self.objects[object] {
            let name = field.name.node.to_string();
            let Some(arguments) = arguments(field) else { continue };
            let asked = format!("{name}{arguments}");
            let inner = innermost(&field.ty.node);
            let fields = self.objects.get(inner.as_str());
            let has = |wanted: &str| fields.is_some_and(|fields| fields.iter().any(|field| field.name.node == wanted));
            let has_rows = has("id") || WAYS.iter().any(|(object, ..)| *object == inner);
            if has("totalCount") {
                found.push(Path { steps: vec![name], query: format!("{asked} {{ totalCount }}") });
            } else if fields.is_some() && !has_rows && !within.contains(&inner) {
                found.extend(self.paths(&inner, within).into_iter().map(|path| Path {
                    steps: std::iter::once(name.clone()).chain(path.steps).collect(),
                    query: format!("{asked} {{ {} }}", path.query),
                }));
            } else {
                let rest = if self.plain.contains(&inner) { "" } else { " { __typename }" };
                found.push(Path { steps: vec![name], query: format!("{asked}{rest}") });
            }
        }
        within.pop();
        found
    }
}

/// Scalars and enums.
fn plain() -> BTreeSet<String> {
    let document = parse_schema(miso::schema::sdl()).unwrap();
    let plain = |definition: TypeSystemDefinition| match definition {
        TypeSystemDefinition::Type(definition) => {
            matches!(definition.node.kind, TypeKind::Scalar | TypeKind::Enum(_)).then(|| definition.node.name.node.to_string())
        }
        _ => None,
    };
    let builtin = ["ID", "String", "Int", "Float", "Boolean"].map(str::to_owned);
    document.definitions.into_iter().filter_map(plain).chain(builtin).collect()
}

/// The arguments that a field must have; none where it is asked for one thing of many, which has a row of its own.
fn arguments(field: &FieldDefinition) -> Option<String> {
    let needed = field.arguments.iter().filter(|one| !one.node.ty.node.nullable && one.node.default_value.is_none());
    let given: Option<Vec<String>> = needed
        .map(|one| match (one.node.name.node.as_str(), innermost(&one.node.ty.node).as_str()) {
            (name, "Locale") => Some(format!(r#"{name}: "de""#)),
            _ => None,
        })
        .collect();
    Some(given?.join(", ")).map(|given| if given.is_empty() { given } else { format!("({given})") })
}

fn innermost(of: &Type) -> String {
    match &of.base {
        BaseType::Named(name) => name.to_string(),
        BaseType::List(inner) => innermost(inner),
    }
}

/// What somebody got at the end of a way.
fn seen(data: &Value, start: &[&str], steps: &[String], code: Option<&str>) -> String {
    let mut value = data;
    for step in start.iter().copied().chain(steps.iter().map(String::as_str)) {
        value = match pick(value, step) {
            Value::Array(items) if items.is_empty() => &Value::Null,
            Value::Array(items) => &items[0],
            other => other,
        };
    }
    match (value, code) {
        (Value::Null, Some("UNAUTHENTICATED")) => "sign in".to_owned(),
        (Value::Null, Some("FORBIDDEN")) => "no".to_owned(),
        (Value::Null, None) => "–".to_owned(),
        (Value::Null, Some(code)) => panic!("{steps:?}: {code}"),
        (Value::Object(list), _) if list.get("totalCount").is_some_and(|total| *total == 0) => "–".to_owned(),
        (Value::Bool(answer), _) if steps[0] == "viewerCan" => answer.to_string(),
        _ => "shown".to_owned(),
    }
}
