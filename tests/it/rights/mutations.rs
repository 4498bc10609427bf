//! Every mutation and every subscription, asked for by everybody.

use entity::id::EventId;
use miso::gql::id::Global;
use miso::live::Change;
use miso_tests::{Answer, World};

use super::scene::{Scene, Who};
use super::table::Table;

/// What stands above the table.
pub const WORDS: &str = "\
# Who may do what

Every mutation and every subscription of the schema, as the program itself answers everybody who might ask for it on what an organisation has. Tests write this
table by asking, and fail where the program answers otherwise.

- **yes**: it is done, and what changes is told.
- **hands in**: it goes to the office, which publishes it.
- **sign in**: nobody learns more before they say who they are.
- **no**: they see what it is about, and may not.
- **hidden**: they are told that there is no such thing, as they are of what there really is not.
- Another word: what was given is refused, which only those learn who might do it.";

/// A mutation or a subscription, and what is asked of it.
pub struct Probe {
    /// Its name.
    pub field: &'static str,
    /// On what.
    on: &'static str,
    /// Its arguments.
    arguments: fn(&Scene<'_>) -> String,
}

macro_rules! probes {
    ($($field:ident $on:literal |$scene:ident| $arguments:expr;)+) => {
        /// Every one. On the way of things from their beginning to their end.
        pub const PROBES: &[Probe] = &[$(Probe { field: stringify!($field), on: $on, arguments: |$scene| $arguments }),+];
    };
}

probes! {
    signInRequest "" |scene| format!(r#"email: "{}@example.org""#, scene.fresh("somebody"));
    signIn "with a code that is wrong" |scene| format!(r#"by: {{ code: {{ email: "{}@example.org", code: "000000" }} }}"#, scene.fresh("somebody"));
    signOut "" |_scene| String::new();
    viewerUpdate "" |_scene| r#"input: { name: "Anders" }"#.to_owned();
    calendarTokenRotate "" |_scene| String::new();
    sessionRevoke "one’s own" |scene| id(scene.session);
    sessionRevoke "somebody else’s" |scene| id(scene.other_session);
    accessTokenCreate "" |_scene| r#"input: { name: "Programm" }"#.to_owned();
    accessTokenRevoke "one’s own" |scene| id(scene.access_token);
    accessTokenRevoke "somebody else’s" |scene| id(scene.other_access_token);
    personSetNetworkRole "" |scene| format!("{}, role: EDITOR", id(scene.colleague));
    networkUpdate "" |_scene| r#"input: { directions: "Hinten" }"#.to_owned();
    organisationCreate "" |scene| format!(r#"input: {{ kind: PARTNER, name: "{}" }}"#, scene.fresh("Neu"));
    organisationUpdate "" |scene| format!(r#"{}, input: {{ legalForm: "e. V." }}"#, id(scene.organisation));
    organisationUpdate "its review" |scene| format!("{}, input: {{ publishesWithoutReview: true }}", id(scene.organisation));
    organisationSetCalendarSource "" |scene| format!(r#"{}, input: {{ address: "webcal://verein.example/kalender.ics" }}"#, id(scene.organisation));
    organisationRemoveCalendarSource "" |scene| id(scene.organisation);
    organisationInvite "" |scene| format!(r#"{}, input: {{ email: "{}@example.org", role: EDITOR }}"#, id(scene.organisation), scene.fresh("new"));
    invitationRevoke "" |scene| id(scene.invitation);
    invitationAccept "by somebody else’s secret" |scene| format!(r#"token: "{}""#, scene.invitation_secret());
    organisationSetRole "" |scene| format!("{}, personId: \"{}\", role: EDITOR", id(scene.organisation), scene.member.to_global().0);
    organisationRemovePerson "somebody else" |scene| format!("{}, personId: \"{}\"", id(scene.organisation), scene.member.to_global().0);
    organisationRemovePerson "oneself" |scene| format!("{}, personId: \"{}\"", id(scene.organisation), scene.own_id.to_global().0);
    membershipApply "" |scene| format!(r#"input: {{ organisationName: "{}", contactName: "Amal", email: "amal@example.org", statement: "Wir." }}"#, scene.fresh("Verein"));
    membershipAdmit "an applicant" |scene| format!(r#"organisationId: "{}", joinedOn: "2022-06""#, scene.applicant.to_global().0);
    membershipDecline "an applicant" |scene| format!(r#"organisationId: "{}""#, scene.applicant.to_global().0);
    membershipEnd "a member" |scene| format!(r#"organisationId: "{}", leftOn: "2022-12-31""#, scene.co_host.to_global().0);
    postCreate "" |scene| format!("input: {}", new_post(scene));
    postUpdate "published" |scene| format!("{}, input: {{ kind: REPORT }}", id(scene.post));
    postUpdate "draft" |scene| format!("{}, input: {{ kind: REPORT }}", id(scene.draft_post));
    postPublish "draft" |scene| id(scene.draft_post);
    postPublish "in review" |scene| id(scene.post_in_review);
    postReturn "in review" |scene| format!(r#"{}, note: "Bitte ergänzen.""#, id(scene.post_in_review));
    postUnpublish "published" |scene| id(scene.post);
    postDelete "draft" |scene| id(scene.draft_post);
    eventCreate "" |scene| format!("input: {}", new_event(scene));
    eventUpdate "published" |scene| event(scene.event, "input: { category: FILM }");
    eventUpdate "draft" |scene| event(scene.draft_event, "input: { category: FILM }");
    eventUpdate "for members" |scene| event(scene.members_event, "input: { category: FILM }");
    occurrenceUpdate "published" |scene| format!("{}, input: {{ capacity: 3 }}", id(scene.date));
    occurrenceUpdate "draft" |scene| format!("{}, input: {{ capacity: 3 }}", id(scene.draft_date));
    eventPublish "draft" |scene| id(scene.draft_event);
    eventPublish "in review" |scene| id(scene.event_in_review);
    eventReturn "in review" |scene| event(scene.event_in_review, r#"note: "Bitte ergänzen.""#);
    eventReturn "published" |scene| event(scene.event, r#"note: "Bitte ergänzen.""#);
    eventUnpublish "published" |scene| id(scene.event);
    eventPostpone "published" |scene| id(scene.event);
    eventCancel "published" |scene| id(scene.event);
    eventCancel "draft" |scene| id(scene.draft_event);
    eventReinstate "cancelled" |scene| id(scene.cancelled_event);
    eventRecordOutcome "published" |scene| event(scene.event, "input: { guests: 3 }");
    eventDuplicate "published" |scene| event(scene.event, r#"startsAt: "2022-09-01T16:00:00Z""#);
    eventDuplicate "draft" |scene| event(scene.draft_event, r#"startsAt: "2022-09-01T16:00:00Z""#);
    eventDelete "draft" |scene| id(scene.draft_event);
    eventDelete "published" |scene| id(scene.event);
    registrationCreate "published" |scene| format!("input: {{ for: {{ occurrenceId: \"{}\" }}, {} }}", scene.date.to_global().0, register(scene));
    registrationCreate "for members" |scene| format!("input: {{ for: {{ eventId: \"{}\" }}, {} }}", scene.members_event.to_global().0, register(scene));
    registrationUpdate "by its id" |scene| format!("by: {{ {} }}, input: {{ note: \"Mit Rad\" }}", id(scene.registration));
    registrationUpdate "by the mail’s secret" |scene| format!(r#"by: {{ token: "{}" }}, input: {{ note: "Mit Bahn" }}"#, scene.registration_secret());
    registrationApprove "" |scene| id(scene.request);
    registrationDecline "" |scene| id(scene.other_request);
    registrationCheckIn "by its id" |scene| format!("by: {{ {} }}", id(scene.registration));
    registrationCheckIn "by the mail’s secret" |scene| format!(r#"by: {{ token: "{}" }}"#, scene.registration_secret());
    registrationCheckIn "by its code" |scene| format!(r#"by: {{ checkInCode: "{}" }}"#, scene.check_in_code());
    registrationUndoCheckIn "" |scene| id(scene.registration);
    registrationMessage "" |scene| format!(r#"eventId: "{}", input: {{ subject: "Einlass", bodyMarkdown: "Ab 17 Uhr." }}"#, scene.event.to_global().0);
    registrationCancel "by its id" |scene| format!("by: {{ {} }}", id(scene.registration));
    registrationCancel "by the mail’s secret" |scene| format!(r#"by: {{ token: "{}" }}"#, scene.registration_secret());
    subscriptionRequest "" |scene| format!(r#"input: {{ newsletterIds: ["{}"], email: "{}@example.org" }}"#, scene.newsletter.to_global().0, scene.fresh("reader"));
    subscriptionConfirm "by a secret that is over" |scene| format!(r#"token: "{}""#, scene.confirm_secret());
    subscriberUpdate "by the mail’s secret" |scene| format!(r#"token: "{}", input: {{ name: "Amal" }}"#, scene.reader_secret());
    unsubscribe "by the mail’s secret" |scene| format!(r#"token: "{}""#, scene.reader_secret());
    newsletterCreate "" |scene| format!(r#"input: {{ organisationId: "{}", name: "{}" }}"#, scene.organisation.to_global().0, scene.fresh("Brief"));
    newsletterUpdate "" |scene| format!(r#"{}, input: {{ description: "Monatlich" }}"#, id(scene.newsletter));
    newsletterIssueCreate "" |scene| format!(r#"newsletterId: "{}", {}"#, scene.newsletter.to_global().0, ISSUE);
    newsletterIssueDraftDigest "" |scene| format!(r#"newsletterId: "{}", until: "2099-12-31T00:00:00Z""#, scene.newsletter.to_global().0);
    newsletterIssueUpdate "draft" |scene| format!("{}, {ISSUE}", id(scene.issue));
    newsletterIssueSendTest "draft" |scene| format!(r#"{}, to: ["amal@example.org"]"#, id(scene.issue));
    newsletterIssueSend "draft" |scene| id(scene.issue);
    newsletterIssueSend "draft, at a moment ahead" |scene| format!(r#"{}, at: "2099-01-01T08:00:00Z""#, id(scene.issue));
    newsletterIssuePause "scheduled" |scene| id(scene.scheduled_issue);
    newsletterIssueResume "stopped" |scene| id(scene.paused_issue);
    newsletterIssueCancel "scheduled" |scene| id(scene.scheduled_issue);
    newsletterIssueDelete "draft" |scene| id(scene.issue);
    mediaUpload "" |scene| format!(r#"input: {{ organisationId: "{}", file: "(file)" }}"#, scene.organisation.to_global().0);
    venueCreate "" |scene| format!(r#"input: {{ name: "{}", address: {{}} }}"#, scene.fresh("Ort"));
    venueUpdate "an organisation’s" |scene| format!("{}, input: {{ directions: \"Hinten\" }}", id(scene.venue));
    venueUpdate "nobody’s" |scene| format!("{}, input: {{ directions: \"Hinten\" }}", id(scene.common_venue));
    programmeCreate "" |scene| format!("input: {{ organisationId: \"{}\", texts: [{{ locale: \"de\", name: \"{}\", descriptionMarkdown: \"\" }}] }}", scene.organisation.to_global().0, scene.fresh("Reihe"));
    programmeUpdate "" |scene| format!("{}, input: {{ isBroadcast: true }}", id(scene.programme));
    tagUpdate "" |scene| format!("{}, input: {{ name: \"Anders\" }}", id(scene.tag));
    tagMerge "" |scene| format!("{}, into: \"{}\"", id(scene.tag), scene.other_tag.to_global().0);
    venueMerge "an organisation’s into nobody’s" |scene| format!("{}, into: \"{}\"", id(scene.venue), scene.common_venue.to_global().0);
    programmeMerge "" |scene| format!("{}, into: \"{}\"", id(scene.programme), scene.other_programme.to_global().0);
    jobRetry "" |scene| id(scene.job);
    jobDiscard "" |scene| id(scene.job);
    seatsChanged "of a published event" |scene| format!("occurrenceId: \"{}\"", scene.date.to_global().0);
    seatsChanged "of a draft" |scene| format!("occurrenceId: \"{}\"", scene.draft_date.to_global().0);
    registrationChanged "" |scene| format!("eventId: \"{}\"", scene.event.to_global().0);
    newsletterIssueProgressed "" |scene| id(scene.issue);
}

/// What an issue says.
const ISSUE: &str = r#"input: { texts: [{ locale: "de", subject: "Neues", bodyMarkdown: "Guten Tag" }] }"#;

/// Those that are subscriptions.
const SUBSCRIPTIONS: [&str; 3] = ["seatsChanged", "registrationChanged", "newsletterIssueProgressed"];

/// The table of what everybody may do.
pub async fn table() -> Table {
    let world = World::new().await;
    world.network().await;
    let (mut table, mut number) = (Table::default(), 0);
    for probe in PROBES {
        let mut cells = Vec::new();
        let mut untouched: Option<Scene<'_>> = None;
        for who in Who::ALL {
            number += 1;
            let scene = match untouched.take() {
                Some(scene) if who != Who::OwnerSinceLeft => scene.for_another(who).await,
                _ => Scene::new(&world, who, number).await,
            };
            let outcome = ask(probe, &scene).await;
            if who != Who::OwnerSinceLeft && ["sign in", "no", "hidden"].contains(&outcome.as_str()) {
                untouched = Some(scene);
            }
            cells.push(outcome);
        }
        let on = if probe.on.is_empty() { String::new() } else { format!(", {}", probe.on) };
        table.row(format!("`{}`{on}", probe.field), cells);
    }
    table
}

async fn ask(probe: &Probe, scene: &Scene<'_>) -> String {
    let arguments = (probe.arguments)(scene);
    let arguments = if arguments.is_empty() { arguments } else { format!("({arguments})") };
    if SUBSCRIPTIONS.contains(&probe.field) {
        let query = format!("subscription {{ {}{arguments} {{ __typename }} }}", probe.field);
        let registration = Change::Registration { event: scene.event, registration: scene.registration };
        let seats = [scene.event, scene.draft_event].map(|event| Change::Seats { event, date: None });
        let issue = Change::Issue { issue: scene.issue };
        return outcome(&scene.actor().await.watches(&query, &[registration, seats[0], seats[1], issue]).await, probe.field);
    }
    let query = format!("mutation {{ {}{arguments} {{ errors {{ code path }}{} }} }}", probe.field, result(probe.field));
    outcome(&scene.actor().await.asks(&query).await, probe.field)
}

/// What else is asked of the result.
fn result(mutation: &str) -> &'static str {
    match mutation {
        "eventPublish" => " event { status }",
        "postPublish" => " post { status }",
        _ => "",
    }
}

fn outcome(answer: &Answer, mutation: &str) -> String {
    match answer.codes().as_slice() {
        [] => {
            let payload = answer.at(mutation);
            let handed_in = ["event", "post"].iter().any(|object| payload[object]["status"] == "IN_REVIEW");
            match payload["errors"][0]["code"].as_str() {
                Some("NOT_FOUND") => "hidden".to_owned(),
                Some(code) => code.to_lowercase().replace('_', " "),
                None => if handed_in { "hands in" } else { "yes" }.to_owned(),
            }
        }
        ["UNAUTHENTICATED"] => "sign in".to_owned(),
        ["FORBIDDEN"] => "no".to_owned(),
        ["NOT_FOUND"] => "hidden".to_owned(),
        codes => panic!("{mutation}: {codes:?} {:?}", answer.errors()),
    }
}

fn id(id: impl Global) -> String {
    format!(r#"id: "{}""#, id.to_global().0)
}

fn event(event: EventId, more: &str) -> String {
    format!("{}, {more}", id(event))
}

fn new_event(scene: &Scene<'_>) -> String {
    format!(
        r#"{{ hosts: [{{ organisationId: "{}" }}], texts: [{{ locale: "de", title: "{}", descriptionMarkdown: "Neu." }}],
            schedule: {{ startsAt: "2022-06-07T16:00:00Z" }} }}"#,
        scene.organisation.to_global().0,
        scene.fresh("Neues")
    )
}

fn new_post(scene: &Scene<'_>) -> String {
    format!(
        r#"{{ organisationId: "{}", texts: [{{ locale: "de", title: "{}", bodyMarkdown: "Neu." }}] }}"#,
        scene.organisation.to_global().0,
        scene.fresh("Neuer Beitrag")
    )
}

fn register(scene: &Scene<'_>) -> String {
    format!(r#"name: "Bo", email: "{}@example.org""#, scene.fresh("bo"))
}
