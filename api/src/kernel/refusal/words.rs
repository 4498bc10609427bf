//! What a person is told of a refusal, in German or English.

use super::{Expected, Why};
use crate::kernel::Locale;

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
            Self::WorkingLinks => (
                "Ein Link in diesem Text führt nirgendwohin; die Vorschau sagt, welcher.",
                "A link in this text leads nowhere; the preview says which.",
            ),
            Self::ForItsReaders => (
                "Dieser Text zeigt etwas, das nicht für alle ist, die ihn lesen können; die Vorschau sagt, was.",
                "This text shows something that is not for everybody who can read it; the preview says what.",
            ),
            Self::TextWithoutPictures => (
                "Bilder reisen nicht mit: Bitte aus dem Text nehmen und in Worten sagen, was sie zeigen.",
                "Pictures do not travel along: please take them out of the text, and say in words what they show.",
            ),
            Self::AsNarrow => (
                "Eine Ausgabe kann nicht für mehr Menschen sein als ihr Newsletter.",
                "An issue cannot be for more people than its newsletter.",
            ),
            Self::News => ("Es gibt nichts Neues zu erzählen.", "There is nothing new to tell."),
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
