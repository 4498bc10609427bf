//! What a person can put right: the refusals of a mutation, which its payload tells as data.

use super::Locale;
use super::barred::Barred;

/// What is wrong with an argument, or with the state of things where it is no argument's fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The argument at fault, from the outermost in, e.g. `input`, `place`, `venueId`; empty where it is no single one.
    pub path: Vec<String>,
    /// What is wrong.
    pub why: Why,
}

/// What is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is missing.
    Required,
    /// It is not what it should be.
    Invalid(Expected),
    /// A text has more characters than this.
    TooLong(usize),
    /// It is more than this.
    TooLarge(u64),
    /// Somebody else has it.
    Taken,
    /// It names nothing, or nothing that the viewer may see.
    NotFound,
    /// It lies behind us.
    InThePast,
    /// It ends before it starts.
    EndsBeforeStart,
    /// Registration has not begun.
    NotYetOpen,
    /// Registration is over.
    Closed,
    /// All seats are taken, and there is no waiting list.
    Full,
    /// More seats than one registration can have.
    TooManySeats(u32),
    /// Its time is over.
    Expired,
    /// The thing is in a state in which this cannot be done.
    WrongState,
    /// Somebody else changed the thing meanwhile.
    StaleRevision,
    /// A file of a type that we do not take.
    UnsupportedType,
    /// Somebody is not let in at the door.
    Barred(Barred),
    /// A file of more bytes than this.
    TooManyBytes(u64),
    /// A picture that is wider or higher than so many pixels.
    TooWide(u32),
    /// A picture of more pixels than this.
    TooManyPixels(u64),
}

/// What an argument should have been.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A name@example.org.
    EmailAddress,
    /// A language tag.
    Locale,
    /// A number of 1 or more.
    Positive,
    /// A whole number.
    Number,
    /// Yes or no.
    YesOrNo,
    /// One of the choices.
    Choice,
    /// One of the event's questions, once.
    Question,
    /// A single value.
    SingleValue,
    /// A date of an event with registration for each date.
    DateOfEvent,
    /// An event with registration as a whole.
    WholeEvent,
    /// A key that was not used with another input.
    UnusedKey,
    /// A text of 1 to 200 characters without control characters.
    Key,
    /// Small letters, digits, and single hyphens between them.
    Slug,
    /// An address that begins with `https://` or `http://`.
    WebAddress,
    /// The address of a calendar.
    CalendarAddress,
    /// An address without a user and a password in it.
    AddressWithoutPassword,
    /// One text for a language, not two.
    OneTextPerLanguage,
    /// A language that it has a text in, and not the last of them.
    TextToSpare,
    /// A rule of recurrence by days, weeks, months or years.
    Recurrence,
    /// Either a recurrence or further dates.
    RecurrenceOrFurtherDates,
    /// Dates that begin and end at local midnight, as they are all day.
    Midnight,
    /// A schedule that leaves a date.
    SomeDate,
    /// A moment before the start.
    BeforeStart,
    /// A moment after the opening.
    AfterOpening,
    /// A room, for a place that has a venue.
    Venue,
    /// A number of 0 or more.
    NotNegative,
    /// A currency of ISO 4217.
    Currency,
    /// Each thing once.
    Once,
    /// A code of two letters (ISO 3166-1).
    CountryCode,
    /// A place on earth.
    Coordinates,
    /// A telephone number.
    Phone,
    /// A day that only members have.
    OfMember,
    /// The code of a mail that is still good, and not tried too often.
    SignInCode,
    /// A file that is whole.
    WholeFile,
    /// A picture.
    Picture,
    /// A recording.
    Recording,
    /// Another one.
    Another,
}

/// Refusals collected while an input is read, so that a person is told all at once.
#[derive(Clone, Debug)]
pub struct Findings {
    at: Vec<String>,
    found: Vec<Refusal>,
}

impl Refusal {
    /// A refusal that is no single argument's.
    #[must_use]
    pub fn of_state(why: Why) -> Self {
        Self { path: Vec::new(), why }
    }

    /// A refusal of the argument at `path`.
    #[must_use]
    pub fn at(path: &[&str], why: Why) -> Self {
        Self { path: path.iter().map(|part| (*part).to_owned()).collect(), why }
    }
}

impl Findings {
    /// Of the argument `input`.
    #[must_use]
    pub fn of_input() -> Self {
        Self { at: vec!["input".to_owned()], found: Vec::new() }
    }

    /// What was read of a field, or none and a refusal.
    pub fn take<T>(&mut self, field: &str, read: Result<T, Why>) -> Option<T> {
        self.take_at(&[field], read)
    }

    /// What was read of a field within fields, or none and a refusal.
    pub fn take_at<T>(&mut self, fields: &[&str], read: Result<T, Why>) -> Option<T> {
        read.map_err(|why| self.refuse(fields, why)).ok()
    }

    /// Notes a refusal of a field within fields.
    pub fn refuse(&mut self, fields: &[&str], why: Why) {
        let path = self.at.iter().cloned().chain(fields.iter().map(|field| (*field).to_owned())).collect();
        self.found.push(Refusal { path, why });
    }

    /// Reads what lies within a field, e.g. an item of a list: its refusals have their paths from there.
    pub fn within<T>(&mut self, fields: &[&str], read: impl FnOnce(&mut Self) -> T) -> T {
        let outside = self.at.len();
        self.at.extend(fields.iter().map(|field| (*field).to_owned()));
        let read = read(self);
        self.at.truncate(outside);
        read
    }

    /// Reads the items of a list, each with its place in it as a part of its path. None where an item was refused.
    pub fn each<T, U>(&mut self, field: &str, items: Vec<T>, mut read: impl FnMut(&mut Self, T) -> Option<U>) -> Option<Vec<U>> {
        let many = items.len();
        let read: Vec<U> = items
            .into_iter()
            .enumerate()
            .filter_map(|(at, item)| self.within(&[field, &at.to_string()], |findings| read(findings, item)))
            .collect();
        (read.len() == many).then_some(read)
    }

    /// Whether nothing was refused.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Goes on where nothing was refused.
    ///
    /// # Errors
    /// All that was refused.
    pub fn or_refuse(self) -> Result<(), super::Fault> {
        if self.found.is_empty() { Ok(()) } else { Err(self.into()) }
    }

    /// What was refused.
    #[must_use]
    pub fn into_refusals(self) -> Vec<Refusal> {
        self.found
    }
}

impl Why {
    /// What to tell the person, in German or English.
    #[must_use]
    pub fn message(&self, locale: &Locale) -> String {
        let (de, en) = match self {
            Self::Required => ("Bitte ausfüllen.".into(), "Please fill this in.".into()),
            Self::Invalid(expected) => {
                let (de, en) = expected.message();
                (de.into(), en.into())
            }
            Self::TooLong(most) => {
                (format!("Bitte höchstens {most} Zeichen eingeben."), format!("Please enter at most {most} characters."))
            }
            Self::TooLarge(most) => (format!("Bitte höchstens {most}."), format!("Please at most {most}.")),
            Self::Taken => ("Das ist schon vergeben.".into(), "This is already taken.".into()),
            Self::NotFound => ("Das gibt es hier nicht.".into(), "There is no such thing here.".into()),
            Self::InThePast => ("Das liegt in der Vergangenheit.".into(), "This is in the past.".into()),
            Self::EndsBeforeStart => ("Das Ende liegt vor dem Anfang.".into(), "The end is before the start.".into()),
            Self::NotYetOpen => ("Die Anmeldung hat noch nicht begonnen.".into(), "Registration is not open yet.".into()),
            Self::Closed => ("Die Anmeldung ist geschlossen.".into(), "Registration is closed.".into()),
            Self::Full => ("Alle Plätze sind vergeben.".into(), "All seats are taken.".into()),
            Self::TooManySeats(most) => {
                (format!("Hier können Sie höchstens {most} Plätze belegen."), format!("You can take {most} seats at most here."))
            }
            Self::Expired => {
                ("Die Zeit dafür ist abgelaufen; bitte noch einmal anfordern.".into(), "This has expired; please ask for it again.".into())
            }
            Self::WrongState => ("Das ist gerade nicht möglich.".into(), "This is not possible in its present state.".into()),
            Self::StaleRevision => (
                "Inzwischen hat jemand anderes das geändert; bitte neu laden und noch einmal versuchen.".into(),
                "Somebody else has changed this meanwhile; please load it again and try once more.".into(),
            ),
            Self::Barred(barred) => barred.message(),
            Self::UnsupportedType => (
                "Diese Art von Datei nehmen wir nicht: Bilder bitte als JPEG, PNG, WebP oder GIF, Aufnahmen als MP3, M4A oder Ogg.".into(),
                "This type of file is not accepted: please send pictures as JPEG, PNG, WebP or GIF, recordings as MP3, M4A or Ogg.".into(),
            ),
            Self::TooManyBytes(most) => {
                let most = most.div_ceil(1024 * 1024);
                (
                    format!("Diese Datei ist zu groß: bitte höchstens {most} MiB."),
                    format!("This file is too large: {most} MiB at most, please."),
                )
            }
            Self::TooWide(most) => (
                format!("Dieses Bild ist zu groß: bitte höchstens {most} Pixel breit und hoch."),
                format!("This picture is too large: {most} pixels wide and high at most, please."),
            ),
            Self::TooManyPixels(most) => {
                let most = most / 1_000_000;
                (
                    format!("Dieses Bild ist zu groß: bitte höchstens {most} Megapixel."),
                    format!("This picture is too large: {most} megapixels at most, please."),
                )
            }
        };
        if locale.is_german() { de } else { en }
    }
}

impl Expected {
    fn message(self) -> (&'static str, &'static str) {
        match self {
            Self::EmailAddress => {
                ("Bitte eine E-Mail-Adresse wie name@example.org eingeben.", "Please enter an e-mail address such as name@example.org.")
            }
            Self::Locale => ("Bitte ein Sprachkürzel wie `de` angeben.", "Please give a language tag such as `de`."),
            Self::Positive => ("Bitte eine Zahl ab 1 eingeben.", "Please enter a number of 1 or more."),
            Self::Number => ("Bitte eine ganze Zahl eingeben.", "Please enter a whole number."),
            Self::YesOrNo => ("Bitte mit `yes` oder `no` antworten.", "Please answer `yes` or `no`."),
            Self::Choice => ("Bitte eine der Möglichkeiten wählen.", "Please choose from what is offered."),
            Self::Question => ("Diese Frage wird hier nicht oder nur einmal gestellt.", "This is not asked here, or only once."),
            Self::SingleValue => ("Bitte nur eine Antwort geben.", "Please give one answer only."),
            Self::DateOfEvent => (
                "Bitte einen der Termine wählen: Man meldet sich für jeden einzeln an.",
                "Please choose one of the dates: one registers for each of them.",
            ),
            Self::WholeEvent => {
                ("Man meldet sich hier für die ganze Veranstaltung an.", "One registers for this event as a whole, not for single dates.")
            }
            Self::UnusedKey => {
                ("Dieser Schlüssel wurde schon mit anderen Angaben verwendet.", "This key was already used with other input.")
            }
            Self::Key => ("Bitte einen Schlüssel von 1 bis 200 Zeichen angeben.", "Please give a key of 1 to 200 characters."),
            Self::Slug => (
                "Bitte nur kleine Buchstaben a bis z, Ziffern und einzelne Bindestriche dazwischen verwenden.",
                "Please use small letters a to z, digits, and single hyphens between them.",
            ),
            Self::WebAddress => (
                "Bitte eine Adresse eingeben, die mit https:// oder http:// beginnt.",
                "Please enter an address that begins with https:// or http://.",
            ),
            Self::CalendarAddress => (
                "Bitte eine Adresse eingeben, die mit https://, http:// oder webcal:// beginnt.",
                "Please enter an address that begins with https://, http:// or webcal://.",
            ),
            Self::AddressWithoutPassword => (
                "Bitte eine Adresse ohne Benutzernamen und Passwort eingeben: Sie würden hier gespeichert und gezeigt.",
                "Please enter an address without a user name and a password: they would be kept and shown here.",
            ),
            Self::OneTextPerLanguage => ("Für jede Sprache bitte nur einen Text.", "Please give one text only for each language."),
            Self::TextToSpare => (
                "In dieser Sprache gibt es keinen Text, oder es ist der letzte oder das Original.",
                "There is no text in this language, or it is the last one or the original.",
            ),
            Self::Recurrence => (
                "Diese Wiederholung verstehen wir nicht; möglich sind Tage, Wochen, Monate und Jahre, z. B. `FREQ=WEEKLY;BYDAY=TU;COUNT=10`.",
                "We do not understand this recurrence; days, weeks, months and years are possible, e.g. `FREQ=WEEKLY;BYDAY=TU;COUNT=10`.",
            ),
            Self::RecurrenceOrFurtherDates => (
                "Bitte entweder eine Wiederholung oder weitere Termine angeben, nicht beides.",
                "Please give either a recurrence or further dates, not both.",
            ),
            Self::Midnight => (
                "Ganztägige Termine beginnen und enden um Mitternacht ihrer Zeitzone.",
                "All-day dates begin and end at midnight of their time zone.",
            ),
            Self::SomeDate => ("So bliebe kein einziger Termin übrig.", "This would leave no date at all."),
            Self::BeforeStart => ("Das muss vor dem Anfang liegen.", "This must lie before the start."),
            Self::AfterOpening => ("Das muss nach dem Beginn der Anmeldung liegen.", "This must lie after registration opens."),
            Self::Venue => ("Ein Raum braucht einen Veranstaltungsort.", "A room needs a venue."),
            Self::NotNegative => ("Bitte eine Zahl ab 0 eingeben.", "Please enter a number of 0 or more."),
            Self::Currency => ("Bitte ein Währungskürzel wie `EUR` angeben.", "Please give a currency code such as `EUR`."),
            Self::Once => ("Das steht hier schon.", "This is here already."),
            Self::CountryCode => ("Bitte ein Länderkürzel wie `DE` angeben.", "Please give a country code such as `DE`."),
            Self::OfMember => ("Das haben nur Mitglieder.", "Only members have this."),
            Self::Coordinates => ("Das ist kein Ort auf der Erde.", "This is no place on earth."),
            Self::WholeFile => ("Diese Datei ist beschädigt oder nicht vollständig.", "This file is damaged, or not whole."),
            Self::Another => {
                ("Bitte ein anderes angeben: Aus einem wird nicht eines.", "Please give another one: there must be two to become one.")
            }
            Self::Picture => ("Hier gehört ein Bild hin.", "This must be a picture."),
            Self::Recording => ("Hier gehört eine Aufnahme hin.", "This must be a recording."),
            Self::SignInCode => (
                "Dieser Code stimmt nicht, wurde schon benutzt oder gilt nicht mehr. Nach fünf Fehlern gilt 15 Minuten lang keiner; der Link in \
                 der Mail geht immer.",
                "This code is wrong, was used already, or is no longer good. After five mistakes none is for 15 minutes; the link in the mail \
                 always works.",
            ),
            Self::Phone => {
                ("Bitte eine Telefonnummer wie +49 511 123456 eingeben.", "Please enter a telephone number such as +49 511 123456.")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_of_a_list_is_found_by_its_place() {
        let mut findings = Findings::of_input();
        let read = findings.each("texts", vec!["", "a"], |findings, text| {
            findings.take("title", if text.is_empty() { Err(Why::Required) } else { Ok(text) })
        });
        assert_eq!(read, None);
        assert_eq!(findings.each("tags", vec![1], |_, tag| Some(tag)), Some(vec![1]));
        assert_eq!(findings.into_refusals(), [Refusal::at(&["input", "texts", "0", "title"], Why::Required)]);
    }

    #[test]
    fn all_that_is_wrong_is_found_at_once_with_its_path() {
        let mut findings = Findings::of_input();
        assert_eq!(findings.take("seats", Ok::<_, Why>(2)), Some(2));
        assert!(findings.is_empty());
        assert_eq!(findings.take::<u32>("name", Err(Why::Required)), None);
        assert_eq!(findings.take_at::<u32>(&["place", "venueId"], Err(Why::NotFound)), None);
        let found = findings.into_refusals();
        assert_eq!(found, [Refusal::at(&["input", "name"], Why::Required), Refusal::at(&["input", "place", "venueId"], Why::NotFound)]);
    }
}
