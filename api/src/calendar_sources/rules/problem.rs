//! What to tell people where a calendar was not fetched, or not taken over whole.

use entity::words::CalendarProblem;
use fetch::Failure;

use crate::kernel::Locale;

/// Why nothing was fetched, as it is kept: the word, and what is to be said beside it.
#[must_use]
pub fn problem_of(failure: Failure) -> (CalendarProblem, Option<String>) {
    let problem = match failure {
        Failure::UnknownHost => CalendarProblem::UnknownHost,
        Failure::NotPublic => CalendarProblem::NotPublic,
        Failure::NoAnswer => CalendarProblem::NoAnswer,
        Failure::BadCertificate => CalendarProblem::BadCertificate,
        Failure::TooSlow => CalendarProblem::TooSlow,
        Failure::TooLarge => CalendarProblem::TooLarge,
        Failure::Status(status) => return (CalendarProblem::Status, Some(status.to_string())),
        Failure::BadRedirect => CalendarProblem::BadRedirect,
        Failure::TooManyRedirects => CalendarProblem::TooManyRedirects,
        Failure::Garbled => CalendarProblem::Garbled,
    };
    (problem, None)
}

/// What to tell people of a problem.
#[must_use]
pub fn message(problem: CalendarProblem, detail: Option<&str>, locale: &Locale) -> String {
    let (de, en) = match problem {
        CalendarProblem::UnknownHost => ("Diesen Server gibt es nicht.", "There is no such server."),
        CalendarProblem::NotPublic => (
            "Diese Adresse führt nicht ins öffentliche Internet; anderswo wird nichts abgerufen.",
            "This address does not lead into the public internet; nothing is fetched from elsewhere.",
        ),
        CalendarProblem::NoAnswer => ("Der Server antwortet nicht.", "The server does not answer."),
        CalendarProblem::BadCertificate => {
            ("Der Server kann nicht zeigen, dass er es ist: Sein Zertifikat stimmt nicht.", "The server’s certificate is not sound.")
        }
        CalendarProblem::TooSlow => ("Der Server braucht zu lange.", "The server takes too long."),
        CalendarProblem::TooLarge => ("Der Kalender ist zu groß.", "The calendar is too large."),
        CalendarProblem::Status => ("Der Server antwortet mit dem Status {}.", "The server answers with the status {}."),
        CalendarProblem::BadRedirect => {
            ("Der Server leitet weiter, wohin wir nicht folgen.", "The server leads to where nothing is fetched from.")
        }
        CalendarProblem::TooManyRedirects => ("Der Server leitet immer weiter.", "The server leads on and on."),
        CalendarProblem::Garbled => ("Die Antwort des Servers ist nicht zu lesen.", "The server’s answer cannot be read."),
        CalendarProblem::NoCalendar => (
            "Das ist kein vollständiger Kalender (iCalendar), siehe Zeile {}. Nichts wurde geändert.",
            "This is no whole calendar (iCalendar), see line {}. Nothing was changed.",
        ),
        CalendarProblem::TooManyEvents => (
            "Der Kalender hat {} Veranstaltungen, mehr als wir übernehmen. Nichts wurde geändert.",
            "The calendar has {} events, more than are taken over. Nothing was changed.",
        ),
        CalendarProblem::EventsMissing => (
            "Im Kalender fehlen auf einmal {} der kommenden Veranstaltungen. Solange er ganz leer ist, werden sie hier nicht zurückgezogen, \
             sonst erst nach drei Tagen.",
            "All at once {} of the events ahead are missing in the calendar. They are not withdrawn here while it is empty, and otherwise \
             only after three days.",
        ),
    };
    (if locale.is_german() { de } else { en }).replace("{}", detail.unwrap_or("?"))
}
