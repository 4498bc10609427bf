//! Sorts of events and features of accessibility in words, for calendars: in German or English.

use entity::words::{AccessibilityFeature, EventCategory};

/// What sort of event it is.
#[must_use]
pub fn category(category: EventCategory, is_german: bool) -> &'static str {
    let (de, en) = match category {
        EventCategory::Talk => ("Vortrag", "Talk"),
        EventCategory::Panel => ("Podium", "Panel"),
        EventCategory::Conference => ("Tagung", "Conference"),
        EventCategory::Workshop => ("Workshop", "Workshop"),
        EventCategory::Training => ("Fortbildung", "Training"),
        EventCategory::Course => ("Kurs", "Course"),
        EventCategory::Counselling => ("Beratung", "Counselling"),
        EventCategory::Concert => ("Konzert", "Concert"),
        EventCategory::Film => ("Film", "Film"),
        EventCategory::Theatre => ("Theater", "Theatre"),
        EventCategory::Exhibition => ("Ausstellung", "Exhibition"),
        EventCategory::Festival => ("Festival", "Festival"),
        EventCategory::Celebration => ("Fest", "Celebration"),
        EventCategory::Meeting => ("Treffen", "Meeting"),
        EventCategory::Assembly => ("Versammlung", "Assembly"),
        EventCategory::Retreat => ("Klausur", "Retreat"),
        EventCategory::Rally => ("Kundgebung", "Rally"),
        EventCategory::Vigil => ("Mahnwache oder Gebet", "Vigil or prayer"),
        EventCategory::Broadcast => ("Sendung", "Broadcast"),
        EventCategory::Sport => ("Sport", "Sport"),
        EventCategory::Other => ("Veranstaltung", "Event"),
    };
    if is_german { de } else { en }
}

/// What helps people to take part.
#[must_use]
pub fn feature(feature: AccessibilityFeature, is_german: bool) -> &'static str {
    let (de, en) = match feature {
        AccessibilityFeature::StepFree => ("Ohne Stufen", "Step-free"),
        AccessibilityFeature::AccessibleToilet => ("Barrierefreie Toilette", "Accessible toilet"),
        AccessibilityFeature::InductionLoop => ("Induktive Höranlage", "Induction loop"),
        AccessibilityFeature::SignLanguage => ("Gebärdensprache", "Sign language"),
        AccessibilityFeature::Subtitles => ("Untertitel", "Subtitles"),
        AccessibilityFeature::QuietRoom => ("Ruheraum", "Quiet room"),
        AccessibilityFeature::AssistanceDogs => ("Assistenzhunde willkommen", "Assistance dogs welcome"),
        AccessibilityFeature::PlainLanguage => ("Einfache Sprache", "Plain language"),
        AccessibilityFeature::RemoteParticipation => ("Teilnahme aus der Ferne", "Taking part from afar"),
    };
    if is_german { de } else { en }
}
