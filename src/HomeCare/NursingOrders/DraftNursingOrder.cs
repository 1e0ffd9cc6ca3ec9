using FluentValidation;

namespace HomeCare.NursingOrders;

/// <summary>A physician drafts an order, or writes its draft anew. Nothing of it holds before it is confirmed and signed.</summary>
/// <param name="OrderId">Chosen by the sender, or that of the draft.</param>
/// <param name="PatientId">About whom.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Content">What it says; it may be incomplete, but its period must lie within the limits.</param>
/// <param name="Renews">The order that it renews, if one.</param>
public sealed record DraftNursingOrder(Guid OrderId, Guid PatientId, NursingOrderKind Kind, NursingOrderContent Content, Guid? Renews = null) : ICommand<NursingOrderBook>
{
    string ICommand<NursingOrderBook>.Stream => NursingOrderBook.StreamOf(PatientId);

    /// <inheritdoc/>
    public Guid? PatientOf(NursingOrderBook state) => PatientId;

    IEnumerable<Reference> ICommand<NursingOrderBook>.References => [new Reference(ReferenceKind.Organisation, Content.StationId)];

    /// <inheritdoc/>
    public Decision Decide(NursingOrderBook state, Situation situation)
    {
        var known = state.All.GetValueOrDefault(OrderId);
        if (known is null && state.All.Values.Count(o => o.Status == NursingOrderStatus.Draft) >= MostDrafts)
        {
            return Decision.Refuse("order.too_many_drafts");
        }

        return known switch
        {
            { Status: NursingOrderStatus.Withdrawn } => Decision.Refuse("order.withdrawn"),
            { Status: not NursingOrderStatus.Draft } => Decision.Refuse("order.already_issued"),
            not null when known.PhysicianId != situation.By.PersonId => Decision.Forbid("order.of_another_physician"),
            not null when known.Kind != Kind => Decision.Invalid("order.other_kind", "kind"),
            not null when Json.Same(known.Content, Content) => Decision.AlreadySo,
            _ when Renews is { } renewed && !state.All.ContainsKey(renewed) => Decision.Missing("order.unknown"),
            _ => Decision.Accept(new NursingOrderDrafted(
                OrderId, PatientId, Kind, known?.FormVersion ?? NursingOrderForm.On(JapanTime.DayOf(situation.Now)).Version, Content,
                situation.Known.Organisations[Content.StationId], situation.By.PersonId, situation.By.OrganisationId, Renews)),
        };
    }

    /// <summary>Drafts of one person at most.</summary>
    private const int MostDrafts = 300;

    /// <summary>What must hold of the fields.</summary>
    public sealed class Rules : AbstractValidator<DraftNursingOrder>
    {
        /// <summary/>
        public Rules()
        {
            RuleFor(c => c.OrderId).NotEmpty();
            RuleFor(c => c.PatientId).NotEmpty();
            RuleFor(c => c.Kind).IsInEnum();
            RuleFor(c => c.Content).NotNull();
            RuleFor(c => c.Content).SetValidator(new NursingOrderContentRules()).When(c => c.Content is not null);
            RuleFor(c => c).Custom((c, context) =>
            {
                if (c.Content is not null && Enum.IsDefined(c.Kind) && NursingOrderContentRules.IsDay(c.Content.From) && NursingOrderLimits.PeriodProblem(c.Kind, c.Content) is var (field, key))
                {
                    context.AddFailure(new FluentValidation.Results.ValidationFailure(field, key) { ErrorCode = key });
                }
            });
        }
    }
}

/// <summary>What must hold of an order's fields, drafts included.</summary>
public sealed class NursingOrderContentRules : AbstractValidator<NursingOrderContent>
{
    private static readonly Profession[] Therapists = [Profession.PhysicalTherapist, Profession.OccupationalTherapist, Profession.SpeechTherapist];

    /// <summary/>
    public NursingOrderContentRules()
    {
        RuleFor(c => c.StationId).NotEmpty();
        RuleFor(c => c.From).Must(IsDay).WithErrorCode("order.day");
        RuleFor(c => c.Until).Must(d => d is null || IsDay(d.Value)).WithErrorCode("order.day");
        RuleFor(c => c.ExaminedOn).Must(d => d is null || IsDay(d.Value)).WithErrorCode("order.day");
        foreach (var (value, longest) in new (System.Linq.Expressions.Expression<Func<NursingOrderContent, string?>>, int)[]
                 {
                     (c => c.Address, 300), (c => c.Telephone, 30), (c => c.Facility, 100), (c => c.State, 2000), (c => c.Reason, 2000), (c => c.CareNotes, 2000),
                     (c => c.WoundCare, 1000), (c => c.DeviceCare, 1000), (c => c.OtherCare, 1000), (c => c.EmergencyContact, 300), (c => c.WhenAbsent, 300),
                     (c => c.SpecialNotes, 2000), (c => c.OtherStation, 100), (c => c.SuctionOffice, 100), (c => c.InstitutionAddress, 300),
                     (c => c.InstitutionTelephone, 30), (c => c.InstitutionFax, 30),
                 })
        {
            RuleFor(value).MaximumLength(longest);
        }

        RuleFor(c => c.SecondReason).IsInEnum();
        RuleFor(c => c.Bedridden).IsInEnum();
        RuleFor(c => c.Dementia).IsInEnum();
        RuleFor(c => c.CareLevel).IsInEnum();
        RuleFor(c => c.Ulcer).IsInEnum();
        RuleFor(c => c.Diagnoses).Must(d => d.Count <= 3).WithErrorCode("order.three_diagnoses");
        RuleForEach(c => c.Diagnoses).NotNull().ChildRules(d =>
        {
            d.RuleFor(x => x.Name).NotEmpty().MaximumLength(100);
            d.RuleFor(x => x.Code).MaximumLength(20);
        });
        RuleFor(c => c.Drugs).Must(d => d.Count <= 20).WithErrorCode("order.too_many");
        RuleForEach(c => c.Drugs).NotNull().ChildRules(d =>
        {
            d.RuleFor(x => x.Name).NotEmpty().MaximumLength(200);
            d.RuleFor(x => x.Usage).MaximumLength(500);
        });
        RuleFor(c => c.Devices).Must(d => d.Count <= 13 && d.Select(x => x?.Kind).Distinct().Count() == d.Count).WithErrorCode("order.device_twice");
        RuleForEach(c => c.Devices).NotNull().ChildRules(d =>
        {
            d.RuleFor(x => x.Kind).IsInEnum();
            d.RuleFor(x => x.Setting).MaximumLength(100);
            d.RuleFor(x => x.Size).MaximumLength(30);
            d.RuleFor(x => x.ChangeEveryDays).Must(n => n is null or (>= 1 and <= 365)).WithErrorCode("order.change_days");
        });
        RuleFor(c => c.Therapy!).ChildRules(t =>
        {
            t.RuleFor(x => x.Professions).Must(p => p.Count is >= 1 and <= 3 && p.All(Therapists.Contains) && p.Distinct().Count() == p.Count).WithErrorCode("order.therapists");
            t.RuleFor(x => x.MinutesADay).Must(n => n is null or (>= 20 and <= 180)).WithErrorCode("order.therapy_minutes");
            t.RuleFor(x => x.TimesAWeek).Must(n => n is null or (>= 1 and <= 7)).WithErrorCode("order.therapy_times");
            t.RuleFor(x => x.What).MaximumLength(1000);
        }).When(c => c.Therapy is not null);
        RuleFor(c => c.Infusion!).ChildRules(i =>
        {
            i.RuleFor(x => x.DaysAWeek).Must(n => n is >= NursingOrderLimits.InfusionDaysAWeek and <= 7).WithErrorCode("order.infusion_days");
            i.RuleFor(x => x.Drugs).Must(d => d.Count <= 10).WithErrorCode("order.too_many");
            i.RuleForEach(x => x.Drugs).NotNull().ChildRules(d =>
            {
                d.RuleFor(x => x.Drug).NotEmpty().MaximumLength(200);
                d.RuleFor(x => x.Dose).NotEmpty().WithErrorCode("order.dose_missing").MaximumLength(100);
                d.RuleFor(x => x.Route).NotEmpty().MaximumLength(100);
            });
        }).When(c => c.Infusion is not null);
        RuleFor(c => c.Psychiatric!).ChildRules(p =>
        {
            p.RuleFor(x => x.Acceptance).MaximumLength(500);
            p.RuleFor(x => x.ShortVisitsReason).MaximumLength(300);
            p.RuleFor(x => x.Exchange).MaximumLength(300);
            p.RuleFor(x => x.SeveralVisitorsReasons).Must(r => r.Count <= 4).WithErrorCode("order.too_many");
            p.RuleForEach(x => x.SeveralVisitorsReasons).IsInEnum();
            p.RuleFor(x => x.Points).Must(r => r.Count <= 7 && r.Select(x => x?.Point).Distinct().Count() == r.Count).WithErrorCode("order.too_many");
            p.RuleForEach(x => x.Points).NotNull().ChildRules(Point);
            p.RuleFor(x => x.Observations).Must(r => r.Count <= 5 && r.Select(x => x?.Point).Distinct().Count() == r.Count).WithErrorCode("order.too_many");
            p.RuleForEach(x => x.Observations).NotNull().ChildRules(Point);
        }).When(c => c.Psychiatric is not null);
        RuleFor(c => c.Suction!).ChildRules(s =>
        {
            s.RuleFor(x => x.DisabilityLevel).Must(n => n is null or (>= 1 and <= 6)).WithErrorCode("order.disability_level");
            s.RuleFor(x => x.Acts).Must(a => a.Count <= 6 && a.All(Enum.IsDefined) && a.Distinct().Count() == a.Count).WithErrorCode("field.not_a_choice");
            s.RuleFor(x => x.Suction).MaximumLength(1000);
            s.RuleFor(x => x.Feeding).MaximumLength(1000);
            s.RuleFor(x => x.ForCarers).MaximumLength(1000);
            s.RuleFor(x => x.ForNurses).MaximumLength(1000);
            s.RuleFor(x => x.Devices).Must(d => d.Count <= 6 && d.Select(x => x?.Point).Distinct().Count() == d.Count).WithErrorCode("order.device_twice");
            s.RuleForEach(x => x.Devices).NotNull().ChildRules(Point);
        }).When(c => c.Suction is not null);
    }

    /// <summary>Days beyond are slips of the pen, and no calendar can be reckoned with them.</summary>
    internal static bool IsDay(DateOnly day) => day.Year is >= 2000 and <= 2200;

    private static void Point<T>(InlineValidator<OrderPoint<T>> point) where T : struct, Enum
    {
        point.RuleFor(x => x.Point).IsInEnum();
        point.RuleFor(x => x.Note).MaximumLength(500);
    }
}
