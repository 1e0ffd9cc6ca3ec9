namespace HomeCare.NursingOrders;

/// <summary>The limits of written orders: periods and counts.</summary>
/// <remarks>Source: the project's care rules, "Orders": an ordinary order at most six months, blank is one month; a special one at most 14 days
/// from the examination, once a month, twice with a tracheal cannula or a pressure ulcer beyond the dermis, and it may cross months; an
/// infusion at most seven days on three days a week or more, once a week. The psychiatric forms go by the same limits, without the second special one.
/// An order for suction holds at most six months (別紙様式34), and its last day is written.</remarks>
public static class NursingOrderLimits
{
    /// <summary>An ordinary order holds so many months at most.</summary>
    public const int OrdinaryMonths = 6;

    /// <summary>An ordinary order without a last day holds so many months.</summary>
    public const int BlankMonths = 1;

    /// <summary>A special order reaches so many days at most, the day of the examination included.</summary>
    public const int SpecialDays = 14;

    /// <summary>An infusion order reaches so many days at most.</summary>
    public const int InfusionDays = 7;

    /// <summary>An infusion order is for so many days a week at least.</summary>
    public const int InfusionDaysAWeek = 3;

    /// <summary>Special orders in a month, where nothing permits a second.</summary>
    public const int SpecialsAMonth = 1;

    /// <summary>Special orders in a month with a tracheal cannula or a pressure ulcer beyond the dermis.</summary>
    public const int SpecialsAMonthWithReason = 2;

    /// <summary>Whether it is one of the orders that stand by themselves.</summary>
    public static bool IsBase(NursingOrderKind kind) => kind is NursingOrderKind.Ordinary or NursingOrderKind.Psychiatric;

    /// <summary>Whether it holds for months and is renewed when it runs out.</summary>
    public static bool IsRenewed(NursingOrderKind kind) => IsBase(kind) || kind == NursingOrderKind.Suction;

    /// <summary>Whether it is for frequent visits over a short time.</summary>
    public static bool IsSpecial(NursingOrderKind kind) => kind is NursingOrderKind.Special or NursingOrderKind.PsychiatricSpecial;

    /// <summary>The order that a special one stands on.</summary>
    public static NursingOrderKind? BaseOf(NursingOrderKind kind) => kind switch
    {
        NursingOrderKind.Special => NursingOrderKind.Ordinary,
        NursingOrderKind.PsychiatricSpecial => NursingOrderKind.Psychiatric,
        _ => null,
    };

    /// <summary>The last day of a period of months: the day before the same day of the month, or the month's last day where it has no such day
    /// (Civil Code 民法 art. 143, para. 2).</summary>
    public static DateOnly LastDayOfMonths(DateOnly from, int months)
    {
        var same = from.AddMonths(months);
        return same.Day == from.Day ? same.AddDays(-1) : same;
    }

    /// <summary>The last day of an order. Of a special or infusion order it must be given; without it the order ends on its first day.</summary>
    public static DateOnly LastDay(NursingOrderKind kind, DateOnly from, DateOnly? until) =>
        until ?? (IsBase(kind) ? LastDayOfMonths(from, BlankMonths) : from);

    /// <summary>What is wrong with a period, or null.</summary>
    public static (string Field, string Key)? PeriodProblem(NursingOrderKind kind, NursingOrderContent content)
    {
        var (from, until) = (content.From, content.Until);
        if (until < from)
        {
            return ("content.until", "time.ends_before_start");
        }

        switch (kind)
        {
            case NursingOrderKind.Ordinary or NursingOrderKind.Psychiatric:
                return until > LastDayOfMonths(from, OrdinaryMonths) ? ("content.until", "order.over_six_months") : null;
            case NursingOrderKind.Special or NursingOrderKind.PsychiatricSpecial:
                return (until, content.ExaminedOn) switch
                {
                    (null, _) => ("content.until", "order.until_missing"),
                    (_, null) => ("content.examinedOn", "order.examination_missing"),
                    (_, { } examined) when from < examined => ("content.from", "order.before_examination"),
                    ({ } last, { } examined) when last.DayNumber - examined.DayNumber >= SpecialDays => ("content.until", "order.over_fourteen_days"),
                    _ => null,
                };
            case NursingOrderKind.Suction:
                return until is null ? ("content.until", "order.until_missing")
                    : until > LastDayOfMonths(from, OrdinaryMonths) ? ("content.until", "order.over_six_months")
                    : null;
            case NursingOrderKind.Infusion:
                return until is null ? ("content.until", "order.until_missing")
                    : until.Value.DayNumber - from.DayNumber >= InfusionDays ? ("content.until", "order.over_seven_days")
                    : null;
            default:
                throw new ArgumentOutOfRangeException(nameof(kind), kind, null);
        }
    }

    /// <summary>The first day, Sunday, of the week in which infusions are counted.</summary>
    public static DateOnly WeekOf(DateOnly day) => day.AddDays(-(int)day.DayOfWeek);

    /// <summary>Why an order may not be given beside the others, or null.</summary>
    public static string? Conflict(NursingOrder order, IEnumerable<NursingOrder> all)
    {
        var others = all.Where(o => o.OrderId != order.OrderId).ToList();
        var same = others.Where(o => o.Kind == order.Kind).ToList();
        if (IsBase(order.Kind) && same.Any(o => o.Stands && o.Overlaps(order) && o.InstitutionId != order.InstitutionId))
        {
            return "order.other_institution";
        }

        if (same.Any(o => o.Stands && o.Overlaps(order) && o.Content.StationId == order.Content.StationId))
        {
            return "order.overlaps";
        }

        if (BaseOf(order.Kind) is { } kind && !others.Any(o => o.Kind == kind && o.Stands && o.PhysicianId == order.PhysicianId && o.Includes(order.Content.From)))
        {
            return "order.ordinary_missing";
        }

        return order.Kind switch
        {
            NursingOrderKind.Special or NursingOrderKind.PsychiatricSpecial => TooManySpecials(order, same),
            NursingOrderKind.Infusion when same.Any(o => o.Counts && o.Content.From != order.Content.From && WeekOf(o.Content.From) == WeekOf(order.Content.From)) => "order.second_infusion",
            _ => null,
        };
    }

    /// <summary>A month is that of the examination, so that a period may cross months. Orders to several stations after one examination are one.</summary>
    private static string? TooManySpecials(NursingOrder order, IEnumerable<NursingOrder> same)
    {
        var examined = order.Content.ExaminedOn!.Value;
        var before = same.Where(o => o is { Counts: true, Content.ExaminedOn: { } on } && on != examined && (on.Year, on.Month) == (examined.Year, examined.Month))
            .Select(o => o.Content.ExaminedOn).Distinct().Count();
        return before switch
        {
            >= SpecialsAMonthWithReason => "order.third_special",
            >= SpecialsAMonth when order.Kind == NursingOrderKind.PsychiatricSpecial => "order.second_psychiatric_special",
            >= SpecialsAMonth when order.Content.SecondReason is null => "order.second_special",
            _ => null,
        };
    }

    /// <summary>What is missing before a physician can confirm an order: names of fields, in the order of the form.</summary>
    public static IReadOnlyList<string> Missing(NursingOrderKind kind, NursingOrderContent content)
    {
        var missing = new List<string>();
        void Need(bool there, string field)
        {
            if (!there)
            {
                missing.Add(field);
            }
        }

        Need(content.Consent, "consent");
        if (IsRenewed(kind))
        {
            Need(content.Diagnoses.Count > 0, "diagnoses");
        }

        if (kind == NursingOrderKind.Suction)
        {
            Need(content.Suction is { Acts.Count: > 0 } part && (!part.Orders(feeding: false) || !string.IsNullOrWhiteSpace(part.Suction))
                && (!part.Orders(feeding: true) || !string.IsNullOrWhiteSpace(part.Feeding)), "suction");
        }
        else
        {
            Need(!string.IsNullOrWhiteSpace(content.State), "state");
        }

        if (IsSpecial(kind))
        {
            Need(!string.IsNullOrWhiteSpace(content.Reason), "reason");
        }

        if (kind == NursingOrderKind.Infusion)
        {
            Need(content.Infusion is { Peripheral: true, Drugs.Count: > 0 }, "infusion");
        }

        Need(!string.IsNullOrWhiteSpace(content.EmergencyContact), "emergencyContact");
        return missing;
    }
}
