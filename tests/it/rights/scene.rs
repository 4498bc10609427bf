//! Somebody who asks, and an organisation with everything, made for them.

use entity::id::{
    AccessTokenId, EventId, InvitationId, JobId, NewsletterId, NewsletterIssueId, OccurrenceId, OrganisationId, PersonId, PostId,
    ProgrammeId, RegistrationId, SessionId, SubscriberId, TagId, VenueId,
};
use entity::words::{
    EventStatus, HostRole, NetworkRole, NewsletterIssueStatus, OrganisationRole, PostStatus, SubscriptionStatus, Visibility,
};
use entity::{
    access_token, invitation, job, newsletter_issue, newsletter_subscription, occurrence, organisation_person, person, registration,
    session, subscriber,
};
use miso::access::Viewer;
use miso::secret::Purpose;
use miso_tests::world::instant;
use miso_tests::{Actor, World, registering};
use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    Visitor,
    Stranger,
    Member,
    Editor,
    Owner,
    OwnerOfCoHost,
    OwnerOfAnother,
    OwnerSinceLeft,
    OfficeEditor,
    Administrator,
}

impl Who {
    /// Everybody.
    pub const ALL: [Self; 10] = [
        Self::Visitor,
        Self::Stranger,
        Self::Member,
        Self::Editor,
        Self::Owner,
        Self::OwnerOfCoHost,
        Self::OwnerOfAnother,
        Self::OwnerSinceLeft,
        Self::OfficeEditor,
        Self::Administrator,
    ];

    /// What the table calls them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Stranger => "signed in",
            Self::Member => "its member",
            Self::Editor => "its editor",
            Self::Owner => "its owner",
            Self::OwnerOfCoHost => "co-host’s owner",
            Self::OwnerOfAnother => "another’s owner",
            Self::OwnerSinceLeft => "owner of one that left",
            Self::OfficeEditor => "office: editor",
            Self::Administrator => "office: administrator",
        }
    }
}

/// An organisation with everything, and somebody who asks.
pub struct Scene<'w> {
    world: &'w World,
    number: usize,
    who: Who,
    pub co_host: OrganisationId,
    pub applicant: OrganisationId,
    another: OrganisationId,
    pub organisation: OrganisationId,
    pub own_id: PersonId,
    pub session: SessionId,
    pub access_token: AccessTokenId,
    pub colleague: PersonId,
    pub other_session: SessionId,
    pub other_access_token: AccessTokenId,
    pub job: JobId,
    pub event: EventId,
    pub draft_event: EventId,
    pub event_in_review: EventId,
    pub members_event: EventId,
    pub cancelled_event: EventId,
    pub date: OccurrenceId,
    pub draft_date: OccurrenceId,
    pub post: PostId,
    pub draft_post: PostId,
    pub post_in_review: PostId,
    pub registration: RegistrationId,
    /// Two that wait for approval.
    pub request: RegistrationId,
    pub other_request: RegistrationId,
    pub newsletter: NewsletterId,
    pub issue: NewsletterIssueId,
    pub scheduled_issue: NewsletterIssueId,
    pub paused_issue: NewsletterIssueId,
    pub programme: ProgrammeId,
    pub invitation: InvitationId,
    /// A plain member of the organisation.
    pub member: PersonId,
    pub venue: VenueId,
    pub tag: TagId,
    pub other_tag: TagId,
    pub other_programme: ProgrammeId,
    pub common_venue: VenueId,
    reader: SubscriberId,
}

impl<'w> Scene<'w> {
    /// Makes everything for somebody.
    pub async fn new(world: &'w World, who: Who, number: usize) -> Self {
        let organisation = world.organisation(&format!("this-{number}"));
        let organisation = if who == Who::OwnerSinceLeft { organisation.member(Some("2015"), Some("2021")) } else { organisation };
        let organisation = organisation.with(|row| {
            row.email = Some("buero@example.org".to_owned());
            (row.street, row.city, row.address_is_public) = (Some("Beispielweg 1".to_owned()), Some("Hannover".to_owned()), false);
        });
        let organisation = organisation.tagged("kultur").make().await.id;
        world.calendar_source(organisation).await;
        let co_host = world.organisation(&format!("co-{number}")).make().await.id;
        let another = world.organisation(&format!("another-{number}")).make().await.id;
        let applicant = world.organisation(&format!("applicant-{number}")).applicant().make().await.id;
        let colleague = world.app.new_id();
        enter(world, colleague, &format!("colleague-{number}"), None, Some((organisation, OrganisationRole::Owner))).await;
        let member = world.app.new_id();
        enter(world, member, &format!("member-{number}"), None, Some((organisation, OrganisationRole::Member))).await;
        let event = async |slug: &str, status: EventStatus, visibility: Visibility| {
            let event = world.open_event(&format!("{slug}-{number}"), organisation, 10).hosted_by(co_host, HostRole::CoHost);
            let event = event.status(status).visibility(visibility).with(|row| {
                row.online_url = Some("https://meet.example.org/room".to_owned());
                row.review_note = (status == EventStatus::Draft).then(|| "Bitte ergänzen.".to_owned());
            });
            let event =
                event.on("2022-06-01T16:00:00Z").with_dates(|date| date.online_url = Some("https://meet.example.org/room".to_owned()));
            let event = event.make().await;
            (event.id, world.dates_of(&event).await.remove(0))
        };
        let (published, date) = event("event", EventStatus::Published, Visibility::Public).await;
        let (draft_event, draft_date) = event("draft", EventStatus::Draft, Visibility::Public).await;
        let (event_in_review, _) = event("review", EventStatus::InReview, Visibility::Public).await;
        let (members_event, _) = event("members", EventStatus::Published, Visibility::Members).await;
        let (cancelled_event, _) = event("cancelled", EventStatus::Cancelled, Visibility::Public).await;
        let (cover, audio) = (world.picture(organisation).await.id, world.recording(organisation).await.id);
        let post = async |slug: &str, status: PostStatus| {
            let post = world.post(&format!("{slug}-{number}"), organisation).status(status);
            let post = post.with(|row| (row.cover_id, row.audio_id) = (Some(cover), Some(audio)));
            post.with(|row| row.review_note = (status == PostStatus::Draft).then(|| "Bitte ergänzen.".to_owned())).make().await.id
        };
        assert_eq!(world.place_of(&registering::who("Amal", &date)).await, "CONFIRMED");
        let registered = registration::Entity::find().filter(registration::Column::OccurrenceId.eq(date.id)).one(world.db()).await.unwrap();
        let request = requested(world, "Bojan", &date).await;
        let other_request = requested(world, "Chi", &date).await;
        let newsletter = world.newsletter(&format!("newsletter-{number}"), organisation).await;
        let (other_session, other_access_token) = credentials(world, colleague).await;
        let scene = Self {
            world,
            number,
            who: Who::Visitor,
            co_host,
            applicant,
            another,
            organisation,
            own_id: colleague,
            session: other_session,
            access_token: other_access_token,
            colleague,
            other_session,
            other_access_token,
            job: given_up(world).await,
            event: published,
            draft_event,
            event_in_review,
            members_event,
            cancelled_event,
            date: date.id,
            draft_date: draft_date.id,
            post: post("post", PostStatus::Published).await,
            draft_post: post("draft-post", PostStatus::Draft).await,
            post_in_review: post("review-post", PostStatus::InReview).await,
            registration: registered.unwrap().id,
            request,
            other_request,
            newsletter: newsletter.id,
            issue: world.issue(&format!("issue-{number}"), newsletter.id).await.id,
            scheduled_issue: issue(world, &format!("scheduled-{number}"), newsletter.id, NewsletterIssueStatus::Scheduled).await,
            paused_issue: issue(world, &format!("paused-{number}"), newsletter.id, NewsletterIssueStatus::Paused).await,
            invitation: invited(world, organisation, number).await,
            member,
            programme: world.programme(&format!("programme-{number}"), organisation).make().await.id,
            tag: world.tag(&format!("thema-{number}")).await.id,
            other_tag: world.tag(&format!("anderes-thema-{number}")).await.id,
            other_programme: world.programme(&format!("other-programme-{number}"), organisation).make().await.id,
            common_venue: world.venue(&format!("common-{number}")).make().await.id,
            venue: world.venue(&format!("venue-{number}")).with(|row| row.organisation_id = Some(organisation)).make().await.id,
            reader: reads(world, &format!("reads-{number}@example.org"), newsletter.id).await,
        };
        scene.for_another(who).await
    }

    /// The same for somebody else, who has found it untouched.
    pub async fn for_another(mut self, who: Who) -> Self {
        let part = match who {
            Who::Visitor | Who::Stranger | Who::OfficeEditor | Who::Administrator => None,
            Who::Member => Some((self.organisation, OrganisationRole::Member)),
            Who::Editor => Some((self.organisation, OrganisationRole::Editor)),
            Who::Owner | Who::OwnerSinceLeft => Some((self.organisation, OrganisationRole::Owner)),
            Who::OwnerOfCoHost => Some((self.co_host, OrganisationRole::Owner)),
            Who::OwnerOfAnother => Some((self.another, OrganisationRole::Owner)),
        };
        let network_role = match who {
            Who::OfficeEditor => Some(NetworkRole::Editor),
            Who::Administrator => Some(NetworkRole::Admin),
            _ => None,
        };
        (self.who, self.own_id) = (who, self.world.app.new_id());
        enter(self.world, self.own_id, &format!("own-{}", self.own_id.0.simple()), network_role, part).await;
        (self.session, self.access_token) = credentials(self.world, self.own_id).await;
        self
    }

    /// Who asks, with the rights that the database gives them.
    pub async fn actor(&self) -> Actor<'w> {
        if self.who == Who::Visitor {
            return self.world.visitor();
        }
        let viewer = miso::people::store::viewer(self.world.db(), self.own_id, self.world.app.clock.now().date_naive()).await.unwrap();
        assert_ne!(viewer, Viewer::Visitor);
        self.world.viewed_by(viewer)
    }

    /// The secret in the mails about the registration.
    pub fn registration_secret(&self) -> String {
        self.world.app.links.token(Purpose::Registration, self.registration, 0)
    }

    /// What lets them in.
    pub fn check_in_code(&self) -> String {
        self.world.app.links.token(Purpose::CheckIn, self.registration, 0)
    }

    /// The secret in the mail that asks a reader to confirm.
    pub fn confirm_secret(&self) -> String {
        self.world.app.links.token(Purpose::ConfirmSubscription, self.reader, 0)
    }

    /// The secret in every issue.
    pub fn reader_secret(&self) -> String {
        self.world.app.links.token(Purpose::Reader, self.reader, 0)
    }

    /// The secret in an invitation's mail.
    pub fn invitation_secret(&self) -> String {
        format!("invitation-{}", self.number)
    }

    /// A word that is nobody else's.
    pub fn fresh(&self, word: &str) -> String {
        format!("{word}-{}", self.number)
    }
}

async fn enter(
    world: &World,
    id: PersonId,
    name: &str,
    network_role: Option<NetworkRole>,
    part: Option<(OrganisationId, OrganisationRole)>,
) {
    let now = world.app.clock.now();
    let row = person::Model {
        id,
        name: Some(name.to_owned()),
        email: format!("{name}@example.org"),
        locale: "de".to_owned(),
        network_role,
        created_at: now,
        last_signed_in_at: Some(now),
        calendar_version: 0,
    };
    person::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    if let Some((organisation_id, role)) = part {
        let row = organisation_person::Model { organisation_id, person_id: id, role, created_at: now };
        organisation_person::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    }
}

/// Somebody who registered while an organiser decided.
async fn requested(world: &World, name: &str, date: &occurrence::Model) -> RegistrationId {
    assert_eq!(world.place_of(&registering::who(name, date)).await, "CONFIRMED");
    let of = registration::Entity::find().filter(registration::Column::OccurrenceId.eq(date.id));
    let row = of.filter(registration::Column::Name.eq(name)).one(world.db()).await.unwrap().unwrap();
    let status = sea_orm::Set(entity::words::RegistrationStatus::Pending);
    let waits = registration::ActiveModel { id: sea_orm::Set(row.id), status, ..Default::default() };
    registration::Entity::update(waits).exec(world.db()).await.unwrap();
    row.id
}

async fn credentials(world: &World, person_id: PersonId) -> (SessionId, AccessTokenId) {
    let (session_id, token_id, now) = (world.app.new_id(), world.app.new_id(), world.app.clock.now());
    let row = session::Model {
        id: session_id,
        person_id,
        secret_hash: format!("session of {}", person_id.0),
        created_at: now,
        last_used_at: now,
        expires_at: now + chrono::TimeDelta::days(30),
    };
    session::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    let row = access_token::Model {
        id: token_id,
        person_id,
        name: "Programm".to_owned(),
        secret_hash: format!("token of {}", person_id.0),
        created_at: now,
        last_used_at: None,
        expires_at: None,
    };
    access_token::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    (session_id, token_id)
}

/// An invitation of somebody else.
async fn invited(world: &World, organisation_id: OrganisationId, number: usize) -> InvitationId {
    let (id, now) = (world.app.new_id(), world.app.clock.now());
    let row = invitation::Model {
        id,
        organisation_id,
        email: format!("invited-{number}@example.org"),
        role: OrganisationRole::Editor,
        locale: "de".to_owned(),
        token_hash: Some(miso::secret::random::digest(&format!("invitation-{number}"))),
        created_at: now,
        expires_at: now + chrono::TimeDelta::days(14),
        accepted_at: None,
    };
    invitation::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    id
}

/// A reader who was asked to confirm.
async fn issue(world: &World, slug: &str, of: NewsletterId, status: NewsletterIssueStatus) -> NewsletterIssueId {
    let scheduled_for = (status == NewsletterIssueStatus::Scheduled).then(|| instant("2099-01-01T08:00:00Z"));
    let row = newsletter_issue::Model { status, scheduled_for, ..world.issue(slug, of).await };
    miso::newsletter::store::write::update_issue(world.db(), &row).await.unwrap();
    row.id
}

async fn reads(world: &World, email: &str, newsletter_id: NewsletterId) -> SubscriberId {
    let (id, now) = (world.app.new_id(), world.app.clock.now());
    let row = subscriber::Model {
        id,
        email: email.to_owned(),
        name: None,
        locale: "de".to_owned(),
        secret_version: 0,
        confirm_version: 0,
        asked_at: Some(now),
        created_at: now,
        updated_at: now,
    };
    subscriber::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    let row = newsletter_subscription::Model {
        id: world.app.new_id(),
        newsletter_id,
        subscriber_id: id,
        status: SubscriptionStatus::Pending,
        requested_at: now,
        confirmed_at: None,
        ended_at: None,
    };
    newsletter_subscription::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    id
}

/// A job that could not be done.
async fn given_up(world: &World) -> JobId {
    let (id, now) = (world.app.new_id(), world.app.clock.now());
    let row = job::Model {
        id,
        kind: "registrations.tell".to_owned(),
        payload: serde_json::json!({}),
        run_at: now,
        attempts: 20,
        locked_until: None,
        last_error: Some("refused".to_owned()),
        failed_at: Some(now),
        created_at: now,
        key: None,
    };
    job::Entity::insert(row.into_active_model()).exec_without_returning(world.db()).await.unwrap();
    id
}
