//! What events can be narrowed to, in GraphQL.

use async_graphql::{ID, InputObject};
use entity::id::{OrganisationId, ProgrammeId, VenueId};

use super::words::{AttendanceMode, EventCategory, EventStatus};
use crate::events::store::filter::{Filter, Near};
use crate::gql::bounded;
use crate::gql::id::Global;
use crate::gql::range::DateTimeRange;
use crate::gql::scalars::Locale;
use crate::kernel::Fault;
use crate::kernel::fault::BadInput;
use crate::venues::graphql::AccessibilityFeature;

/// What events are narrowed to. All that is given must hold of one and the same date.
#[derive(Clone, Debug, Default, InputObject)]
pub struct EventWhere {
    /// When a date starts.
    pub starts_at: Option<DateTimeRange>,
    /// Hosted by this organisation, in any role.
    organisation_id: Option<ID>,
    /// Of this programme.
    programme_id: Option<ID>,
    /// At this venue.
    venue_id: Option<ID>,
    /// What sort of event.
    category: Option<EventCategory>,
    /// How far on its way, or what became of it.
    status: Option<EventStatus>,
    /// How one takes part.
    mode: Option<AttendanceMode>,
    /// A language that it is held in or interpreted into; `de` also finds `de-simple`.
    language: Option<Locale>,
    /// Features of accessibility that were all stated to be there, by the event or else by its venue.
    features: Option<Vec<AccessibilityFeature>>,
    /// Whether it was stated that there is childcare, or that there is none.
    childcare: Option<bool>,
    /// True: free of charge. False: paid or for a donation. What an unstated price is, nobody knows.
    free: Option<bool>,
    /// District of the venue, spelled as there.
    district: Option<String>,
    /// Slug of a topic.
    tag: Option<String>,
    /// Near a place.
    near: Option<NearInput>,
    /// Words in titles, texts, topics, hosts and places, up to 200 characters; all must occur.
    search: Option<String>,
}

/// A circle on the map.
#[derive(Clone, Copy, Debug, InputObject)]
pub struct NearInput {
    /// Degrees north of its centre, −90 to 90.
    latitude: f64,
    /// Degrees east of its centre, −180 to 180.
    longitude: f64,
    /// Its radius, more than 0 and up to 1,000.
    kilometres: f64,
}

impl EventWhere {
    /// The filter in SQL.
    ///
    /// # Errors
    /// What makes no sense.
    pub fn parse(self) -> Result<Filter, Fault> {
        let (from, until) = self.starts_at.unwrap_or_default().parse()?;
        let features: Vec<_> = self.features.unwrap_or_default().into_iter().map(Into::into).collect();
        if features.len() > 20 {
            return Err(BadInput::TooMany(20).into());
        }
        Ok(Filter {
            visibility: None,
            from,
            until,
            not_over_before: None,
            organisation_id: self.organisation_id.as_ref().map(OrganisationId::from_global).transpose()?,
            programme_id: self.programme_id.as_ref().map(ProgrammeId::from_global).transpose()?,
            venue_id: self.venue_id.as_ref().map(VenueId::from_global).transpose()?,
            category: self.category.map(Into::into),
            status: self.status.map(Into::into),
            mode: self.mode.map(Into::into),
            language: self.language.map(|locale| locale.0.into_owned()),
            features,
            childcare: self.childcare,
            free: self.free,
            district: bounded(self.district, 200)?,
            tag: bounded(self.tag, 200)?,
            near: self.near.map(NearInput::parse).transpose()?,
            search: bounded(self.search, 200)?,
        })
    }
}

impl NearInput {
    fn parse(self) -> Result<Near, BadInput> {
        let on_earth = self.latitude.abs() <= 90.0 && self.longitude.abs() <= 180.0;
        let sensible = self.kilometres > 0.0 && self.kilometres <= 1000.0;
        if on_earth && sensible {
            Ok(Near { latitude: self.latitude, longitude: self.longitude, kilometres: self.kilometres })
        } else {
            Err(BadInput::Near)
        }
    }
}
