//! What an entry of the audit log says.

use entity::id::{
    EventId, NewsletterId, NewsletterIssueId, OccurrenceId, OrganisationId, PersonId, PostId, ProgrammeId, RegistrationId, TagId, VenueId,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::kernel::Locale;

/// What something was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An organisation.
    Organisation(OrganisationId),
    /// A person.
    Person(PersonId),
    /// A post.
    Post(PostId),
    /// An event.
    Event(EventId),
    /// A date of an event.
    Occurrence(OccurrenceId),
    /// A person's place at an event.
    Registration(RegistrationId),
    /// A programme.
    Programme(ProgrammeId),
    /// A venue.
    Venue(VenueId),
    /// A topic.
    Tag(TagId),
    /// A newsletter.
    Newsletter(NewsletterId),
    /// An issue of a newsletter.
    NewsletterIssue(NewsletterIssueId),
}

impl Subject {
    /// The word for its kind, and its key.
    #[must_use]
    pub fn key(self) -> (&'static str, Uuid) {
        match self {
            Self::Organisation(id) => ("organisation", id.0),
            Self::Person(id) => ("person", id.0),
            Self::Post(id) => ("post", id.0),
            Self::Event(id) => ("event", id.0),
            Self::Occurrence(id) => ("occurrence", id.0),
            Self::Registration(id) => ("registration", id.0),
            Self::Programme(id) => ("programme", id.0),
            Self::Venue(id) => ("venue", id.0),
            Self::Tag(id) => ("tag", id.0),
            Self::Newsletter(id) => ("newsletter", id.0),
            Self::NewsletterIssue(id) => ("issue", id.0),
        }
    }
}

macro_rules! deeds {
    ($($(#[$doc:meta])* $name:ident = $word:literal, $de:literal, $en:literal;)+) => {
        /// What was done. Each is a mutation, or what happens by itself at a moment that somebody chose.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Deed {$(
            #[doc = $en]
            $name,
        )+}

        impl Deed {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// Its name in the log, which is that of its mutation.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self {$(Self::$name => $word,)+}
            }

            /// What to call it, in German or English.
            #[must_use]
            pub fn phrase(self, locale: &Locale) -> &'static str {
                let (de, en) = match self {$(Self::$name => ($de, $en),)+};
                if locale.is_german() { de } else { en }
            }
        }
    };
}

deeds! {
    NetworkUpdate = "networkUpdate", "Netzwerk geändert", "Network changed";
    OrganisationCreate = "organisationCreate", "Organisation angelegt", "Organisation entered";
    OrganisationUpdate = "organisationUpdate", "Organisation geändert", "Organisation changed";
    OrganisationInvite = "organisationInvite", "Person eingeladen", "Person invited";
    OrganisationSetRole = "organisationSetRole", "Rolle geändert", "Role changed";
    OrganisationRemovePerson = "organisationRemovePerson", "Person entfernt", "Person removed";
    OrganisationSetCalendarSource = "organisationSetCalendarSource", "Eigener Kalender angegeben", "Own calendar given";
    OrganisationRemoveCalendarSource = "organisationRemoveCalendarSource", "Eigener Kalender entfernt", "Own calendar removed";
    InvitationRevoke = "invitationRevoke", "Einladung zurückgenommen", "Invitation taken back";
    InvitationAccept = "invitationAccept", "Einladung angenommen", "Invitation accepted";
    MembershipAdmit = "membershipAdmit", "Mitglied aufgenommen", "Member admitted";
    MembershipDecline = "membershipDecline", "Antrag abgelehnt", "Application declined";
    MembershipEnd = "membershipEnd", "Mitgliedschaft beendet", "Membership ended";
    PostCreate = "postCreate", "Beitrag angelegt", "Post begun";
    PostUpdate = "postUpdate", "Beitrag geändert", "Post changed";
    PostPublish = "postPublish", "Beitrag veröffentlicht oder eingereicht", "Post published or handed in";
    PostReturn = "postReturn", "Beitrag zurückgegeben", "Post returned";
    PostUnpublish = "postUnpublish", "Beitrag zurückgezogen", "Post withdrawn";
    PostDelete = "postDelete", "Beitrag gelöscht", "Post deleted";
    EventCreate = "eventCreate", "Veranstaltung angelegt", "Event begun";
    EventUpdate = "eventUpdate", "Veranstaltung geändert", "Event changed";
    EventDuplicate = "eventDuplicate", "Veranstaltung kopiert", "Event duplicated";
    EventPublish = "eventPublish", "Veranstaltung veröffentlicht oder eingereicht", "Event published or handed in";
    EventReturn = "eventReturn", "Veranstaltung zurückgegeben", "Event returned";
    EventUnpublish = "eventUnpublish", "Veranstaltung zurückgezogen", "Event withdrawn";
    EventPostpone = "eventPostpone", "Veranstaltung verschoben", "Event postponed";
    EventReinstate = "eventReinstate", "Veranstaltung wieder angesetzt", "Event reinstated";
    EventCancel = "eventCancel", "Veranstaltung abgesagt", "Event cancelled";
    EventDelete = "eventDelete", "Veranstaltung gelöscht", "Event deleted";
    EventRecordOutcome = "eventRecordOutcome", "Ergebnis festgehalten", "Outcome recorded";
    OccurrenceUpdate = "occurrenceUpdate", "Termin geändert", "Date changed";
    MediaUpload = "mediaUpload", "Bild oder Aufnahme hochgeladen", "Picture or recording uploaded";
    RegistrationApprove = "registrationApprove", "Anmeldung bestätigt", "Registration approved";
    RegistrationDecline = "registrationDecline", "Anmeldung abgelehnt", "Registration declined";
    RegistrationUpdate = "registrationUpdate", "Anmeldung geändert", "Registration changed";
    RegistrationCancel = "registrationCancel", "Anmeldung abgesagt", "Registration cancelled";
    RegistrationCheckIn = "registrationCheckIn", "Eingelassen", "Let in";
    RegistrationUndoCheckIn = "registrationUndoCheckIn", "Einlass zurückgenommen", "Letting in taken back";
    RegistrationMessage = "registrationMessage", "An Angemeldete geschrieben", "Written to those who registered";
    VenueCreate = "venueCreate", "Ort angelegt", "Venue entered";
    VenueUpdate = "venueUpdate", "Ort geändert", "Venue changed";
    VenueMerge = "venueMerge", "Orte zusammengelegt", "Venues merged";
    TagUpdate = "tagUpdate", "Thema geändert", "Topic changed";
    TagMerge = "tagMerge", "Themen zusammengelegt", "Topics merged";
    ProgrammeMerge = "programmeMerge", "Programme zusammengelegt", "Programmes merged";
    ProgrammeCreate = "programmeCreate", "Programm angelegt", "Programme entered";
    ProgrammeUpdate = "programmeUpdate", "Programm geändert", "Programme changed";
    NewsletterCreate = "newsletterCreate", "Newsletter angelegt", "Newsletter begun";
    NewsletterUpdate = "newsletterUpdate", "Newsletter geändert", "Newsletter changed";
    NewsletterIssueCreate = "newsletterIssueCreate", "Ausgabe angelegt", "Issue begun";
    NewsletterIssueDraftDigest = "newsletterIssueDraftDigest", "Ausgabe zusammengestellt", "Issue put together";
    NewsletterIssueUpdate = "newsletterIssueUpdate", "Ausgabe geändert", "Issue changed";
    NewsletterIssueSend = "newsletterIssueSend", "Ausgabe verschickt oder terminiert", "Issue sent or scheduled";
    NewsletterIssuePause = "newsletterIssuePause", "Versand angehalten", "Sending stopped";
    NewsletterIssueResume = "newsletterIssueResume", "Versand fortgesetzt", "Sending resumed";
    NewsletterIssueCancel = "newsletterIssueCancel", "Ausgabe abgebrochen", "Issue given up";
    NewsletterIssueDelete = "newsletterIssueDelete", "Ausgabe gelöscht", "Issue deleted";
    PersonAdd = "personAdd", "Konto angelegt", "Account made";
    PersonSetNetworkRole = "personSetNetworkRole", "Rolle im Netzwerk geändert", "Role in the network changed";
}

/// What named fields were before and after.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes(Map<String, Value>);

impl Changes {
    /// None.
    #[must_use]
    pub fn none() -> Self {
        Self::default()
    }

    /// A field, where it differs.
    #[must_use]
    pub fn field<T: Serialize + PartialEq + ?Sized>(mut self, name: &str, before: &T, after: &T) -> Self {
        if before != after {
            self.0.insert(name.to_owned(), json!({ "before": before, "after": after }));
        }
        self
    }

    /// A field that differs, without what it was and is: a long text, or one that may tell of people.
    #[must_use]
    pub fn text<T: PartialEq + ?Sized>(mut self, name: &str, before: &T, after: &T) -> Self {
        if before != after {
            self.0.insert(name.to_owned(), json!({}));
        }
        self
    }

    /// As the log keeps it.
    #[must_use]
    pub fn into_json(self) -> Value {
        Value::Object(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_told_and_texts_are_not_repeated() {
        let changes = Changes::none().field("status", "DRAFT", "PUBLISHED").field("slug", "a", "a").text("body", "Geheim", "Anders");
        assert_eq!(changes.into_json(), json!({ "status": { "before": "DRAFT", "after": "PUBLISHED" }, "body": {} }));
    }

    #[test]
    fn every_deed_has_a_name_of_its_own() {
        let mut words: Vec<_> = Deed::ALL.iter().map(|deed| deed.word()).collect();
        words.sort_unstable();
        words.dedup();
        assert_eq!(words.len(), Deed::ALL.len());
    }
}
