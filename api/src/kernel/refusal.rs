//! What a person can put right: the refusals of a mutation, which its payload tells as data.

mod words;

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
    /// A text whose links can be followed.
    WorkingLinks,
    /// A text that shows nothing to those who may not see it.
    ForItsReaders,
    /// A text without pictures.
    TextWithoutPictures,
    /// For no more people than what it belongs to.
    AsNarrow,
    /// Something new to tell.
    News,
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

    /// Of arguments that stand by themselves.
    #[must_use]
    pub fn of_arguments() -> Self {
        Self { at: Vec::new(), found: Vec::new() }
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
