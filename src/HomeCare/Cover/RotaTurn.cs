using FluentValidation;

namespace HomeCare.Cover;

/// <summary>One line of a rota: who is on call, on which days, from when until when.</summary>
/// <param name="PersonId">The person on call; null where an organisation is.</param>
/// <param name="OrganisationId">An organisation whose own rota stands in; null where a person does.</param>
/// <param name="Days">Days of the week on which the turn begins; empty: every day.</param>
/// <param name="Holidays">What national holidays make of it.</param>
/// <param name="Start">Clock time in Japan at which it begins.</param>
/// <param name="End">Clock time at which it ends; not after <paramref name="Start"/>: on the next day. The same: a whole day.</param>
/// <param name="From">First day on which it may begin; null: always so.</param>
/// <param name="Until">Last day on which it may begin; null: without end.</param>
/// <param name="Rank">1: called first; 2: called when the first does not answer; at most 9.</param>
public sealed record RotaTurn(
    Guid? PersonId, Guid? OrganisationId, IReadOnlyList<DayOfWeek> Days, HolidayRule Holidays, TimeOnly Start, TimeOnly End,
    DateOnly? From = null, DateOnly? Until = null, int Rank = 1)
{
    /// <summary>Whether it is on at the instant.</summary>
    public bool Covers(DateTimeOffset instant)
    {
        var local = JapanTime.Of(instant);
        var day = DateOnly.FromDateTime(local.DateTime);
        var time = TimeOnly.FromDateTime(local.DateTime);
        return End > Start
            ? BeginsOn(day) && time >= Start && time < End
            : (BeginsOn(day) && time >= Start) || (BeginsOn(day.AddDays(-1)) && time < End);
    }

    private bool BeginsOn(DateOnly day)
    {
        if (day < From || day > Until)
        {
            return false;
        }

        var onWeekday = Days.Count == 0 || Days.Contains(day.DayOfWeek);
        return Holidays switch
        {
            HolidayRule.Also => onWeekday || JapaneseHolidays.IsHoliday(day),
            HolidayRule.Never => onWeekday && !JapaneseHolidays.IsHoliday(day),
            _ => onWeekday,
        };
    }

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<RotaTurn>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(t => t.PersonId).Must((t, _) => t.PersonId is null != t.OrganisationId is null).WithErrorCode("cover.person_or_organisation");
            RuleFor(t => t.Days).NotNull().Must(d => d is null || (d.Count <= 7 && d.All(Enum.IsDefined))).WithErrorCode("field.not_a_choice");
            RuleFor(t => t.Holidays).IsInEnum();
            RuleFor(t => t.Until).Must((t, until) => until is null || t.From is null || until >= t.From).WithErrorCode("time.ends_before_start");
            RuleFor(t => t.Rank).InclusiveBetween(1, 9).WithErrorCode("field.not_a_choice");
        }
    }
}

/// <summary>What national holidays make of a turn.</summary>
public enum HolidayRule
{
    /// <summary>祝日も曜日どおり: a holiday is a day like others.</summary>
    AsWeekday,
    /// <summary>祝日も: on holidays as well, whatever the day of the week.</summary>
    Also,
    /// <summary>祝日を除く: not on holidays.</summary>
    Never,
}

/// <summary>Somebody takes duty over for a time, in the place of whoever the rota names.</summary>
/// <param name="ToPersonId">Who has it.</param>
/// <param name="From">From when.</param>
/// <param name="Until">Until when.</param>
/// <param name="Note">What they were told.</param>
public sealed record DutyTaken(Guid ToPersonId, DateTimeOffset From, DateTimeOffset Until, string? Note);
