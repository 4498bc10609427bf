//! When and how a zone's offset changes, as far as the IANA data goes.

use chrono::{Datelike, Days, NaiveDate, NaiveDateTime, NaiveTime, Offset, TimeDelta, TimeZone};
use chrono_tz::{OffsetComponents, OffsetName, Tz};

/// First year that is described.
pub(super) const FIRST_YEAR: i32 = 1970;

/// Last year for which the data holds every change.
pub(super) const LAST_YEAR: i32 = 2099;

/// Two changes of one zone are never closer than six days after 1968, so none is stepped over.
const STEP: TimeDelta = TimeDelta::days(5);

/// How far back the last change before the first day is looked for.
const DAYS_BACK: Days = Days::new(2 * 366);

/// What a zone's clocks show during some time.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Phase {
    /// Seconds east of UTC.
    pub(super) offset: i32,
    /// Whether this is summer time.
    pub(super) daylight: bool,
    detail: <Tz as TimeZone>::Offset,
}

impl Phase {
    fn at(zone: Tz, utc: NaiveDateTime) -> Self {
        let detail = zone.offset_from_utc_datetime(&utc);
        Self { offset: detail.fix().local_minus_utc(), daylight: detail.dst_offset() > TimeDelta::zero(), detail }
    }

    /// The same offset as standard time.
    pub(super) fn as_standard(self) -> Self {
        Self { daylight: false, ..self }
    }

    /// Name such as `CEST`, or the offset as in `-03` where there is none.
    pub(super) fn name(&self) -> String {
        let offset = super::offset_value(self.offset);
        let short = offset.strip_suffix("00").unwrap_or(&offset);
        self.detail.abbreviation().unwrap_or(short).to_owned()
    }

    /// Whether this is the winter time of a zone whose standard time is that of summer, such as Dublin's.
    fn is_negative(&self) -> bool {
        self.detail.dst_offset() < TimeDelta::zero()
    }
}

/// A change of a zone's offset or of its name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Onset {
    /// When it happens.
    pub(super) utc: NaiveDateTime,
    /// Offset until then.
    pub(super) from: i32,
    /// What follows.
    pub(super) phase: Phase,
}

impl Onset {
    /// When it happens by the clock that was right until then.
    pub(super) fn local(&self) -> NaiveDateTime {
        self.utc.checked_add_signed(TimeDelta::seconds(self.from.into())).unwrap_or(self.utc)
    }
}

/// What is known about a zone from some day on.
pub(super) struct History {
    /// What the clocks showed then, if no change was found shortly before.
    pub(super) initial: Option<Phase>,
    /// Last change before that day, if it was found, and all changes after it.
    pub(super) onsets: Vec<Onset>,
}

/// Collects a zone's changes from the last one before `first` to the end of the data.
pub(super) fn history(zone: Tz, first: NaiveDate) -> History {
    // A day's margin, as the day begins earlier in the east.
    let first = first.pred_opt().unwrap_or(first).and_time(NaiveTime::MIN);
    let mut before = first.checked_sub_days(DAYS_BACK).unwrap_or(first);
    let mut phase = Phase::at(zone, before);
    let mut onsets: Vec<Onset> = Vec::new();
    while let Some(after) = before.checked_add_signed(STEP).filter(|after| after.year() <= LAST_YEAR) {
        let next = Phase::at(zone, after);
        if next != phase {
            let utc = instant_of_change(zone, before, after, phase);
            if utc <= first {
                onsets.clear();
            }
            onsets.push(Onset { utc, from: phase.offset, phase: next });
            phase = next;
        }
        before = after;
    }
    let known = onsets.first().is_some_and(|onset| onset.utc <= first);
    let mut initial = (!known).then(|| Phase::at(zone, first));
    name_summer(&mut onsets, &mut initial);
    History { initial, onsets }
}

/// The first second at which the phase is no longer `old`.
fn instant_of_change(zone: Tz, before: NaiveDateTime, after: NaiveDateTime, old: Phase) -> NaiveDateTime {
    let (mut low, mut high) = (0, (after - before).num_seconds());
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        if Phase::at(zone, before + TimeDelta::seconds(middle)) == old { low = middle } else { high = middle }
    }
    before + TimeDelta::seconds(high)
}

/// Calendar programs take the later clock for summer time, so where the data has a negative winter time instead, the other
/// half of the year is made `DAYLIGHT`.
fn name_summer(onsets: &mut [Onset], initial: &mut Option<Phase>) {
    let inverted: Vec<Phase> = onsets.iter().map(|onset| onset.phase).chain(*initial).filter(Phase::is_negative).collect();
    for phase in onsets.iter_mut().map(|onset| &mut onset.phase).chain(initial) {
        let base = phase.detail.base_utc_offset();
        if !phase.is_negative() && inverted.iter().any(|other| other.detail.base_utc_offset() == base) {
            phase.daylight = true;
        }
    }
}
