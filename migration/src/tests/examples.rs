//! A row of each kind, written as the entities write it.

mod calendar_changes;
mod imports;
mod invitations;
mod media;
mod memberships;
mod newsletters;
mod people;
mod registrations;
mod signing_in;
mod tombstones;

use entity::id::{AuditEntryId, EventId, JobId, MembershipId, OccurrenceId, OrganisationId, PersonId, PostId, ProgrammeId, TagId, VenueId};
use entity::lists::{Agenda, Contributors, Instants, OpeningHours, PriceTiers, Questions, Strings};
use entity::words::{
    AccessibilityFeature, AttendanceMode, EventCategory, EventStatus, HostRole, MembershipDecision, OrganisationKind, PostKind, PostStatus,
    PriceKind, RegistrationMode, RegistrationScope, RelationKind, SluggedKind, Visibility,
};
use entity::*;
use sea_orm_migration::sea_orm::prelude::{DateTimeUtc, Json, Uuid};
use sea_orm_migration::sea_orm::{ActiveModelTrait, DatabaseConnection, EntityTrait, IntoActiveModel};

const ID: Uuid = Uuid::from_u128(0x018f_0000_0000_7000_8000_0000_0000_0001);

/// Writes them all.
pub async fn insert(db: &DatabaseConnection) {
    organisations(db).await;
    programmes_venues_tags(db).await;
    posts(db).await;
    events(db).await;
    people_jobs_audit(db).await;
    registrations::insert(db).await;
    newsletters::insert(db).await;
    signing_in::insert(db).await;
    memberships::insert(db).await;
    invitations::insert(db).await;
    tombstones::insert(db).await;
    media::insert(db).await;
    imports::insert(db).await;
    calendar_changes::insert(db).await;
}

async fn organisations(db: &DatabaseConnection) {
    let organisation_id = OrganisationId(ID);
    put(db, instance::Model { id: 1, key_fingerprint: "0f".to_owned(), created_at: moment(0) }).await;
    put(
        db,
        organisation::Model {
            id: organisation_id,
            revision: 1,
            slug: "vom-lip-2-0".to_owned(),
            name: "Vom Lip".to_owned(),
            name_key: "vom lip".to_owned(),
            short_name: None,
            aliases: Strings::default(),
            kind: OrganisationKind::Network,
            legal_form: None,
            original_locale: text("de"),
            website: None,
            email: None,
            phone: None,
            street: None,
            address_extra: None,
            postal_code: None,
            city: None,
            district: Some(text("List")),
            country_code: text("DE"),
            address_is_public: true,
            latitude: Some(52.38),
            longitude: Some(9.73),
            founded_on: Some(text("2012-05-03")),
            publishes_without_review: true,
            sources: Strings(vec![text("https://example.org/")]),
            search_title: text("vom lip"),
            search_text: text("vom lip"),
            created_at: moment(0),
            updated_at: moment(1),
            logo_id: None,
        },
    )
    .await;
    put(db, organisation_text::Model { organisation_id, locale: text("de"), description_markdown: text(""), description_html: text("") })
        .await;
    put(db, organisation_language::Model { organisation_id, locale: text("de"), position: 0 }).await;
    put(
        db,
        membership::Model {
            id: MembershipId(ID),
            organisation_id,
            decision: MembershipDecision::Admitted,
            applied_on: Some(text("2012")),
            joined_on: Some(text("2012-05")),
            left_on: None,
            is_founding: true,
            created_at: moment(0),
        },
    )
    .await;
    put(
        db,
        network::Model {
            organisation_id,
            revision: 1,
            legal_name: text("Netzwerk e. V."),
            directions: None,
            opening_hours: OpeningHours::default(),
            opening_hours_note: None,
            time_zone: text("Europe/Berlin"),
            default_locale: text("de"),
            locales: Strings(vec![text("de")]),
            updated_at: moment(0),
        },
    )
    .await;
    put(db, network_relation::Model { organisation_id, kind: RelationKind::Funder, position: 0 }).await;
}

async fn programmes_venues_tags(db: &DatabaseConnection) {
    let (organisation_id, tag_id, programme_id, venue_id) = (OrganisationId(ID), TagId(ID), ProgrammeId(ID), VenueId(ID));
    put(db, tag::Model { id: tag_id, slug: text("bildung"), name: text("Bildung"), merged_into: None }).await;
    put(db, organisation_tag::Model { organisation_id, tag_id, position: 0 }).await;
    put(
        db,
        programme::Model {
            id: programme_id,
            revision: 1,
            slug: text("on-air"),
            organisation_id,
            is_broadcast: true,
            original_locale: text("de"),
            started_on: Some(text("2020-11")),
            ended_on: Some(text("2020")),
            sources: Strings::default(),
            created_at: moment(0),
            updated_at: moment(0),
        },
    )
    .await;
    let name = text("On air");
    put(db, programme_text::Model { programme_id, locale: text("de"), name, description_markdown: text(""), description_html: text("") })
        .await;
    put(db, programme_funder::Model { programme_id, organisation_id, position: 0 }).await;
    put(
        db,
        venue::Model {
            id: venue_id,
            revision: 1,
            slug: text("koki"),
            name: text("Kino"),
            name_key: text("kino"),
            street: None,
            address_extra: None,
            postal_code: None,
            city: None,
            district: None,
            country_code: text("DE"),
            latitude: None,
            longitude: None,
            rooms: Strings::default(),
            directions: None,
            website: None,
            organisation_id: Some(organisation_id),
            search_text: text("kino"),
            created_at: moment(0),
            updated_at: moment(0),
            merged_into: None,
        },
    )
    .await;
    put(db, venue_feature::Model { venue_id, feature: AccessibilityFeature::StepFree, is_available: false, note: None }).await;
}

async fn posts(db: &DatabaseConnection) {
    let (post_id, organisation_id, tag_id) = (PostId(ID), OrganisationId(ID), TagId(ID));
    put(
        db,
        post::Model {
            id: post_id,
            revision: 1,
            slug: text("bericht"),
            kind: PostKind::Report,
            status: PostStatus::Published,
            organisation_id,
            programme_id: Some(ProgrammeId(ID)),
            original_locale: text("de"),
            byline: text(""),
            reading_minutes: Some(1),
            contributors: Contributors::default(),
            sources: Strings::default(),
            published_at: Some(moment(1)),
            scheduled_for: None,
            review_note: None,
            search_title: text("bericht"),
            search_text: text("bericht"),
            created_at: moment(0),
            updated_at: moment(0),
            handed_in_at: Some(moment(0)),
            cover_id: None,
            audio_id: None,
        },
    )
    .await;
    put(
        db,
        post_text::Model {
            post_id,
            locale: text("de"),
            title: text("Bericht"),
            teaser: text(""),
            body_markdown: text(""),
            body_html: text(""),
            body_words: 0,
            plain_summary: None,
        },
    )
    .await;
    put(db, post_tag::Model { post_id, tag_id, position: 0 }).await;
    put(db, post_mention::Model { post_id, organisation_id, position: 0 }).await;
}

async fn events(db: &DatabaseConnection) {
    let (event_id, organisation_id, tag_id) = (EventId(ID), OrganisationId(ID), TagId(ID));
    put(db, an_event(event_id)).await;
    let title = text("Probe");
    let (summary, description_markdown, description_html) = (text(""), text(""), text(""));
    put(db, event_text::Model { event_id, locale: text("de"), title, summary, description_markdown, description_html }).await;
    put(db, event_host::Model { event_id, organisation_id, role: HostRole::Host, position: 0 }).await;
    put(db, event_language::Model { event_id, locale: text("de"), is_interpretation: false, position: 0 }).await;
    put(db, event_language::Model { event_id, locale: text("fa"), is_interpretation: true, position: 0 }).await;
    put(db, event_feature::Model { event_id, feature: AccessibilityFeature::QuietRoom, is_available: true, note: None }).await;
    put(db, event_tag::Model { event_id, tag_id, position: 0 }).await;
    put(
        db,
        occurrence::Model {
            id: OccurrenceId(ID),
            revision: 1,
            event_id,
            starts_at: moment(10),
            ends_at: None,
            doors_at: None,
            original_starts_at: moment(10),
            over_at: moment(10),
            place_is_own: false,
            mode: AttendanceMode::Onsite,
            venue_id: Some(VenueId(ID)),
            room: None,
            online_url: None,
            is_cancelled: false,
            cancellation_reason: None,
            capacity: Some(0),
            sequence: 0,
            updated_at: moment(0),
        },
    )
    .await;
    put(db, post_event::Model { post_id: PostId(ID), event_id, position: 0 }).await;
    put(
        db,
        former_slug::Model {
            kind: SluggedKind::Event,
            slug: text("probe-alt"),
            organisation_id: None,
            post_id: None,
            event_id: Some(event_id),
            programme_id: None,
            created_at: moment(0),
        },
    )
    .await;
}

fn an_event(id: EventId) -> event::Model {
    event::Model {
        id,
        revision: 1,
        slug: text("probe"),
        status: EventStatus::Published,
        visibility: Visibility::Public,
        category: EventCategory::Other,
        original_locale: text("de"),
        programme_id: Some(ProgrammeId(ID)),
        starts_at: moment(10),
        ends_at: Some(moment(10) + std::time::Duration::from_micros(1)),
        doors_at: None,
        is_all_day: false,
        time_zone: text("Europe/Berlin"),
        time_note: None,
        recurrence: Some(text("FREQ=WEEKLY;COUNT=2")),
        except_dates: Instants(vec![moment(10)]),
        further_dates: Instants::default(),
        mode: AttendanceMode::Onsite,
        venue_id: Some(VenueId(ID)),
        room: None,
        online_url: None,
        agenda: Agenda::default(),
        childcare: None,
        audience: None,
        entry_conditions: None,
        price_kind: PriceKind::NotStated,
        price_tiers: PriceTiers::default(),
        price_note: None,
        registration_mode: RegistrationMode::Open,
        registration_scope: RegistrationScope::EachDate,
        walk_ins_welcome: false,
        registration_opens_at: None,
        registration_closes_at: None,
        closes_minutes_before: Some(0),
        capacity: None,
        waitlist: true,
        pending_holds_seats: true,
        max_seats: 1,
        external_url: None,
        questions: Questions::default(),
        contact_name: None,
        contact_email: None,
        contact_phone: None,
        website: None,
        sources: Strings::default(),
        cancellation_reason: None,
        outcome_guests: Some(0),
        outcome_online_guests: None,
        outcome_donations: Some(i64::MAX),
        outcome_currency: text("EUR"),
        outcome_note: None,
        published_at: Some(moment(0)),
        scheduled_for: None,
        review_note: None,
        sequence: 0,
        revised_at: moment(0),
        search_title: text("probe"),
        search_text: text("probe"),
        created_at: moment(0),
        updated_at: moment(0),
        handed_in_at: Some(moment(0)),
        cover_id: None,
    }
}

async fn people_jobs_audit(db: &DatabaseConnection) {
    people::insert(db).await;
    put(
        db,
        job::Model {
            id: JobId(ID),
            kind: text("mail"),
            payload: Json::Null,
            run_at: moment(0),
            attempts: 0,
            locked_until: None,
            failed_at: None,
            last_error: None,
            created_at: moment(0),
            key: Some(text("probe")),
        },
    )
    .await;
    put(db, schedule::Model { name: text("reminders"), rule: text("every 5 minutes"), next_at: moment(0) }).await;
    put(
        db,
        audit_entry::Model {
            id: AuditEntryId(ID),
            at: moment(0),
            actor_id: Some(PersonId(ID)),
            action: text("eventPublish"),
            subject_kind: text("event"),
            subject_id: ID,
            summary: text("Probe"),
            changes: Json::Array(Vec::new()),
        },
    )
    .await;
}

fn text(text: &str) -> String {
    text.to_owned()
}

fn moment(second: i64) -> DateTimeUtc {
    DateTimeUtc::from_timestamp(1_652_803_200 + second, 0).unwrap()
}

async fn put<A>(db: &DatabaseConnection, row: impl IntoActiveModel<A>)
where
    A: ActiveModelTrait,
{
    A::Entity::insert(row.into_active_model()).exec_without_returning(db).await.unwrap();
}
