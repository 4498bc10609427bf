//! Values that are one of a few: stored as the words of the public contract, held by check constraints.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

/// The words an enum is stored as, for check constraints and tests.
pub trait Words {
    /// Every word, in the order of the variants.
    fn words() -> Vec<String>;
}

macro_rules! stored_as_words {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident = $word:literal),+ $(,)? })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
        #[sea_orm(rs_type = "String", db_type = "Text")]
        pub enum $name {$(
            #[sea_orm(string_value = $word)]
            #[serde(rename = $word)]
            $variant,
        )+}

        impl Words for $name {
            fn words() -> Vec<String> {
                vec![$($word.to_owned()),+]
            }
        }
    )+};
}

stored_as_words! {
    /// What an organisation is to the network.
    RelationKind { Funder = "FUNDER", Umbrella = "UMBRELLA" }
    /// What an organisation is in the network's life.
    OrganisationKind { Network = "NETWORK", Member = "MEMBER", Partner = "PARTNER", Funder = "FUNDER", Umbrella = "UMBRELLA", PublicBody = "PUBLIC_BODY" }
    /// What was decided of an application for membership.
    MembershipDecision { Applied = "APPLIED", Admitted = "ADMITTED", Declined = "DECLINED" }
    /// A feature of accessibility that can be stated to be there or not.
    AccessibilityFeature { StepFree = "STEP_FREE", AccessibleToilet = "ACCESSIBLE_TOILET", InductionLoop = "INDUCTION_LOOP", SignLanguage = "SIGN_LANGUAGE", Subtitles = "SUBTITLES", QuietRoom = "QUIET_ROOM", AssistanceDogs = "ASSISTANCE_DOGS", PlainLanguage = "PLAIN_LANGUAGE", RemoteParticipation = "REMOTE_PARTICIPATION" }
    /// What sort of text a post is.
    PostKind { News = "NEWS", Report = "REPORT", Interview = "INTERVIEW", Statement = "STATEMENT", Broadcast = "BROADCAST" }
    /// How far a post is on its way to readers.
    PostStatus { Draft = "DRAFT", InReview = "IN_REVIEW", Scheduled = "SCHEDULED", Published = "PUBLISHED" }
    /// What somebody did for a post.
    ContributorRole { Author = "AUTHOR", Interviewer = "INTERVIEWER", Interviewee = "INTERVIEWEE", Photographer = "PHOTOGRAPHER", Translator = "TRANSLATOR", Host = "HOST", Guest = "GUEST" }
    /// What something that came from elsewhere is.
    ImportedKind { Organisation = "ORGANISATION", Post = "POST", Event = "EVENT" }
    /// Why a calendar that is kept elsewhere was not taken over, or not whole.
    CalendarProblem { UnknownHost = "UNKNOWN_HOST", NotPublic = "NOT_PUBLIC", NoAnswer = "NO_ANSWER", BadCertificate = "BAD_CERTIFICATE", TooSlow = "TOO_SLOW", TooLarge = "TOO_LARGE", Status = "STATUS", BadRedirect = "BAD_REDIRECT", TooManyRedirects = "TOO_MANY_REDIRECTS", Garbled = "GARBLED", NoCalendar = "NO_CALENDAR", TooManyEvents = "TOO_MANY_EVENTS", EventsMissing = "EVENTS_MISSING" }
    /// What an uploaded file is.
    MediaKind { Image = "IMAGE", Audio = "AUDIO" }
    /// How far an event is on its way, or what became of it.
    EventStatus { Draft = "DRAFT", InReview = "IN_REVIEW", Scheduled = "SCHEDULED", Published = "PUBLISHED", Postponed = "POSTPONED", Cancelled = "CANCELLED" }
    /// Who may see a thing once it is published.
    Visibility { Public = "PUBLIC", Unlisted = "UNLISTED", Members = "MEMBERS", Hosts = "HOSTS" }
    /// What sort of event it is.
    EventCategory { Talk = "TALK", Panel = "PANEL", Conference = "CONFERENCE", Workshop = "WORKSHOP", Training = "TRAINING", Course = "COURSE", Counselling = "COUNSELLING", Concert = "CONCERT", Film = "FILM", Theatre = "THEATRE", Exhibition = "EXHIBITION", Festival = "FESTIVAL", Celebration = "CELEBRATION", Meeting = "MEETING", Assembly = "ASSEMBLY", Retreat = "RETREAT", Rally = "RALLY", Vigil = "VIGIL", Broadcast = "BROADCAST", Sport = "SPORT", Other = "OTHER" }
    /// How one takes part.
    AttendanceMode { Onsite = "ONSITE", Online = "ONLINE", Hybrid = "HYBRID" }
    /// What an organisation is to an event.
    HostRole { Host = "HOST", CoHost = "CO_HOST", Partner = "PARTNER", Funder = "FUNDER" }
    /// What an event costs.
    PriceKind { Free = "FREE", Donation = "DONATION", Paid = "PAID", NotStated = "NOT_STATED" }
    /// How far a registration is.
    RegistrationStatus { Pending = "PENDING", Confirmed = "CONFIRMED", Waitlisted = "WAITLISTED", Declined = "DECLINED", Cancelled = "CANCELLED" }
    /// Whom a message of the organisers is for.
    RegistrationAudience { Confirmed = "CONFIRMED", Waitlisted = "WAITLISTED", Pending = "PENDING", Everyone = "EVERYONE" }
    /// How far an issue of a newsletter is. PAUSED also where sending stopped itself.
    NewsletterIssueStatus { Draft = "DRAFT", Scheduled = "SCHEDULED", Sending = "SENDING", Paused = "PAUSED", Sent = "SENT", Cancelled = "CANCELLED" }
    /// How a subscription stands.
    SubscriptionStatus { Pending = "PENDING", Confirmed = "CONFIRMED", Ended = "ENDED", Suppressed = "SUPPRESSED" }
    /// A step of a reader's consent.
    ConsentStep { Requested = "REQUESTED", Confirmed = "CONFIRMED", Withdrawn = "WITHDRAWN" }
    /// By what a reader took a step.
    ConsentChannel { Form = "FORM", ConfirmationLink = "CONFIRMATION_LINK", Preferences = "PREFERENCES", UnsubscribeLink = "UNSUBSCRIBE_LINK", UnsubscribeMail = "UNSUBSCRIBE_MAIL", Complaint = "COMPLAINT", Import = "IMPORT" }
    /// What became of a delivery.
    DeliveryStatus { Queued = "QUEUED", Sent = "SENT", Deferred = "DEFERRED", Bounced = "BOUNCED", Failed = "FAILED", Suppressed = "SUPPRESSED", Unsubscribed = "UNSUBSCRIBED" }
    /// Why an address is never written to again.
    SuppressionReason { Bounced = "BOUNCED", Complained = "COMPLAINED" }
    /// How one registers.
    RegistrationMode { None = "NONE", Open = "OPEN", Approval = "APPROVAL", External = "EXTERNAL" }
    /// What one registers for.
    RegistrationScope { EachDate = "EACH_DATE", WholeEvent = "WHOLE_EVENT" }
    /// How a question is answered.
    QuestionKind { Text = "TEXT", LongText = "LONG_TEXT", Number = "NUMBER", YesNo = "YES_NO", Choice = "CHOICE", Choices = "CHOICES" }
    /// What a person may do for the whole network.
    NetworkRole { Admin = "ADMIN", Editor = "EDITOR" }
    /// What a person may do for an organisation.
    OrganisationRole { Owner = "OWNER", Editor = "EDITOR", Member = "MEMBER" }
    /// What has an address by slug.
    SluggedKind { Organisation = "ORGANISATION", Post = "POST", Event = "EVENT", Programme = "PROGRAMME" }
    /// A day of the week.
    Weekday { Monday = "MONDAY", Tuesday = "TUESDAY", Wednesday = "WEDNESDAY", Thursday = "THURSDAY", Friday = "FRIDAY", Saturday = "SATURDAY", Sunday = "SUNDAY" }
}
