using System.Globalization;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Web.Parts;

namespace HomeCare.Web.NursingOrders;

/// <summary>An order as it is being written: every field as typed.</summary>
public sealed class OrderDraft
{
    private readonly NursingOrderContent given;
    private readonly Dictionary<string, string?> typed;

    /// <summary>From a draft's content, or what was put together for it.</summary>
    public OrderDraft(NursingOrderKind kind, NursingOrderContent content)
    {
        (Kind, given) = (kind, content);
        typed = Texts.ToDictionary(t => t.Name, t => t.Read(content));
        var p = content.Psychiatric ?? new PsychiatricPart();
        var s = content.Suction ?? new SuctionPart();
        foreach (var (name, value) in new[]
                 {
                     ("station", content.StationId.ToString()), ("from", LocalTime.OfDay(content.From)), ("until", LocalTime.OfDay(content.Until)), ("examinedOn", LocalTime.OfDay(content.ExaminedOn)),
                     ("secondReason", content.SecondReason?.ToString()), ("bedridden", content.Bedridden?.ToString()), ("dementia", content.Dementia?.ToString()),
                     ("careLevel", content.CareLevel?.ToString()), ("ulcer", content.Ulcer?.ToString()), ("minutes", Number(content.Therapy?.MinutesADay)), ("times", Number(content.Therapy?.TimesAWeek)),
                     ("therapy", content.Therapy?.What), ("daysAWeek", Number(content.Infusion?.DaysAWeek)), ("acceptance", p.Acceptance), ("shortReason", p.ShortVisitsReason), ("exchange", p.Exchange),
                     ("disclosed", Flag(p.Disclosed)), ("several", Flag(p.SeveralVisitors)), ("short", Flag(p.ShortVisits)), ("often", Flag(p.SeveralVisitsADay)),
                     ("disability", Number(s.DisabilityLevel)), ("suction", s.Suction), ("feeding", s.Feeding), ("forCarers", s.ForCarers), ("forNurses", s.ForNurses),
                 })
        {
            typed[name] = value;
        }

        Consent = content.Consent;
        Peripheral = content.Infusion?.Peripheral ?? false;
        Diagnoses = [.. content.Diagnoses.Select(d => new Row(d.Name, d.Code)), .. Enumerable.Range(0, 3 - Math.Min(3, content.Diagnoses.Count)).Select(_ => new Row())];
        Drugs = [.. content.Drugs.Select(d => new Row(d.Name, d.Usage))];
        Infusions = [.. (content.Infusion?.Drugs ?? []).Select(d => new Row(d.Drug, d.Dose, d.Route))];
        if (Infusions.Count == 0)
        {
            Infusions.Add(new Row());
        }

        Devices = Enum.GetValues<OrderDeviceKind>().ToDictionary(k => k, k =>
        {
            var device = content.Devices.FirstOrDefault(d => d.Kind == k);
            return new Row(device?.Setting, device?.Size, Number(device?.ChangeEveryDays)) { On = device is not null };
        });
        Therapists = [.. content.Therapy?.Professions ?? []];
        Reasons = [.. p.SeveralVisitorsReasons];
        Points = Enum.GetValues<PsychiatricPoint>().ToDictionary(k => k, k => Marked(p.Points, k));
        Observations = Enum.GetValues<PsychiatricObservation>().ToDictionary(k => k, k => Marked(p.Observations, k));
        Acts = [.. s.Acts];
        CarerDevices = Enum.GetValues<CarerDevice>().ToDictionary(k => k, k => Marked(s.Devices, k));
    }

    /// <summary>A row of fields.</summary>
    public sealed class Row(string? first = null, string? second = null, string? third = null)
    {
        /// <summary>Whether it is chosen.</summary>
        public bool On { get; set; }

        /// <summary>Name, setting or note.</summary>
        public string? First { get; set; } = first;

        /// <summary>Code, usage, dose or size.</summary>
        public string? Second { get; set; } = second;

        /// <summary>Route, or days.</summary>
        public string? Third { get; set; } = third;

        /// <summary>Whether nothing stands in it.</summary>
        public bool IsEmpty => string.IsNullOrWhiteSpace(First) && string.IsNullOrWhiteSpace(Second) && string.IsNullOrWhiteSpace(Third);
    }

    /// <summary>A field of free text.</summary>
    public sealed record TextField(string Name, int Longest, int Lines, Func<NursingOrderContent, string?> Read, Func<NursingOrderContent, string?, NursingOrderContent> Write, params NursingOrderKind[] Only);

    private static readonly NursingOrderKind[] Base = [NursingOrderKind.Ordinary, NursingOrderKind.Psychiatric];

    private static readonly NursingOrderKind[] Months = [.. Base, NursingOrderKind.Suction];

    /// <summary>All fields of free text, with the kinds whose form has them; none named: all.</summary>
    public static IReadOnlyList<TextField> Texts { get; } =
    [
        new("address", 300, 1, c => c.Address, (c, v) => c with { Address = v }, Months),
        new("telephone", 30, 1, c => c.Telephone, (c, v) => c with { Telephone = v }, Months),
        new("facility", 100, 1, c => c.Facility, (c, v) => c with { Facility = v }, NursingOrderKind.Psychiatric),
        new("state", 2000, 4, c => c.State, (c, v) => c with { State = v }, [.. Enum.GetValues<NursingOrderKind>().Except([NursingOrderKind.Suction])]),
        new("reason", 2000, 4, c => c.Reason, (c, v) => c with { Reason = v }, NursingOrderKind.Special, NursingOrderKind.PsychiatricSpecial),
        new("careNotes", 2000, 4, c => c.CareNotes, (c, v) => c with { CareNotes = v }, NursingOrderKind.Ordinary, NursingOrderKind.Special, NursingOrderKind.Infusion, NursingOrderKind.PsychiatricSpecial),
        new("woundCare", 1000, 2, c => c.WoundCare, (c, v) => c with { WoundCare = v }, NursingOrderKind.Ordinary),
        new("deviceCare", 1000, 2, c => c.DeviceCare, (c, v) => c with { DeviceCare = v }, NursingOrderKind.Ordinary),
        new("otherCare", 1000, 2, c => c.OtherCare, (c, v) => c with { OtherCare = v }, NursingOrderKind.Ordinary),
        new("emergencyContact", 300, 2, c => c.EmergencyContact, (c, v) => c with { EmergencyContact = v }),
        new("whenAbsent", 300, 2, c => c.WhenAbsent, (c, v) => c with { WhenAbsent = v }, Months),
        new("specialNotes", 2000, 3, c => c.SpecialNotes, (c, v) => c with { SpecialNotes = v }, Base),
        new("otherStation", 100, 1, c => c.OtherStation, (c, v) => c with { OtherStation = v }, NursingOrderKind.Ordinary),
        new("suctionOffice", 100, 1, c => c.SuctionOffice, (c, v) => c with { SuctionOffice = v }, NursingOrderKind.Ordinary),
        new("institutionAddress", 300, 1, c => c.InstitutionAddress, (c, v) => c with { InstitutionAddress = v }),
        new("institutionTelephone", 30, 1, c => c.InstitutionTelephone, (c, v) => c with { InstitutionTelephone = v }),
        new("institutionFax", 30, 1, c => c.InstitutionFax, (c, v) => c with { InstitutionFax = v }),
    ];

    /// <summary>Its kind.</summary>
    public NursingOrderKind Kind { get; }

    /// <summary>What stands in a field.</summary>
    public string? this[string name]
    {
        get => typed.GetValueOrDefault(name);
        set => typed[name] = value;
    }

    /// <summary>Whether the person consents and chose the station.</summary>
    public bool Consent { get; set; }

    /// <summary>Whether the infusion goes into a peripheral vein.</summary>
    public bool Peripheral { get; set; }

    /// <summary>Three: name and code.</summary>
    public List<Row> Diagnoses { get; }

    /// <summary>Name and usage.</summary>
    public List<Row> Drugs { get; }

    /// <summary>Drug, dose and route.</summary>
    public List<Row> Infusions { get; }

    /// <summary>Setting, size and days between changes.</summary>
    public IReadOnlyDictionary<OrderDeviceKind, Row> Devices { get; }

    /// <summary>Which therapists.</summary>
    public HashSet<Profession> Therapists { get; }

    /// <summary>Why several visit at once.</summary>
    public HashSet<SeveralVisitorsReason> Reasons { get; }

    /// <summary>Points to attend to.</summary>
    public IReadOnlyDictionary<PsychiatricPoint, Row> Points { get; }

    /// <summary>What is to be observed.</summary>
    public IReadOnlyDictionary<PsychiatricObservation, Row> Observations { get; }

    /// <summary>What carers are to do.</summary>
    public HashSet<CarerAct> Acts { get; }

    /// <summary>Devices that carers use: kind and size.</summary>
    public IReadOnlyDictionary<CarerDevice, Row> CarerDevices { get; }

    /// <summary>Whether the form has a field of this name.</summary>
    public bool Has(string name) => Texts.FirstOrDefault(t => t.Name == name) is { } text && (text.Only.Length == 0 || text.Only.Contains(Kind));

    /// <summary>The field that is no number or no day, if any.</summary>
    public string? Unreadable => LocalTime.ParseDay(this["from"]) is null ? "content.from"
        : Kind == NursingOrderKind.Ordinary && !IsWhole(this["minutes"]) ? "content.therapy.minutesADay"
        : Kind == NursingOrderKind.Ordinary && !IsWhole(this["times"]) ? "content.therapy.timesAWeek"
        : Kind == NursingOrderKind.Infusion && Whole(this["daysAWeek"]) is null && Infusions.Any(r => !r.IsEmpty) ? "content.infusion.daysAWeek"
        : Kind == NursingOrderKind.Suction && !IsWhole(this["disability"]) ? "content.suction.disabilityLevel"
        : Kind == NursingOrderKind.Ordinary && Devices.Values.Any(r => r.On && !IsWhole(r.Third)) ? "content.devices"
        : null;

    /// <summary>As written. Fields that this kind's form does not have stay empty.</summary>
    public NursingOrderContent Content()
    {
        var ordinary = Kind == NursingOrderKind.Ordinary;
        var whole = NursingOrderLimits.IsBase(Kind);
        var content = new NursingOrderContent(Guid.TryParse(this["station"], out var station) ? station : given.StationId, LocalTime.ParseDay(this["from"]) ?? given.From, LocalTime.ParseDay(this["until"]))
        {
            ExaminedOn = LocalTime.ParseDay(this["examinedOn"]),
            Consent = Consent,
            SecondReason = Kind == NursingOrderKind.Special ? Typed.Choice<SecondSpecialReason>(this["secondReason"]) : null,
            Diagnoses = NursingOrderLimits.IsRenewed(Kind) ? [.. Diagnoses.Where(r => !r.IsEmpty).Select(r => new OrderDiagnosis(Typed.Text(r.First) ?? "", Typed.Text(r.Second)))] : [],
            Drugs = whole ? [.. Drugs.Where(r => !r.IsEmpty).Select(r => new OrderDrug(Typed.Text(r.First) ?? "", Typed.Text(r.Second)))] : [],
            Bedridden = ordinary ? Typed.Choice<BedriddenLevel>(this["bedridden"]) : null,
            Dementia = whole ? Typed.Choice<DementiaLevel>(this["dementia"]) : null,
            CareLevel = ordinary || Kind == NursingOrderKind.Suction ? Typed.Choice<CareLevel>(this["careLevel"]) : null,
            Ulcer = ordinary ? Typed.Choice<UlcerDepth>(this["ulcer"]) : null,
            Devices = ordinary ? [.. Devices.Where(d => d.Value.On).Select(d => new OrderDevice(d.Key, Typed.Text(d.Value.First), Typed.Text(d.Value.Second), Whole(d.Value.Third)))] : [],
            Therapy = ordinary && (Therapists.Count > 0 || Whole(this["minutes"]) is not null || Whole(this["times"]) is not null || Typed.Text(this["therapy"]) is not null)
                ? new OrderTherapy([.. Therapists.Order()], Whole(this["minutes"]), Whole(this["times"]), Typed.Text(this["therapy"])) : null,
            Infusion = Kind == NursingOrderKind.Infusion && Infusions.Any(r => !r.IsEmpty)
                ? new OrderInfusion([.. Infusions.Where(r => !r.IsEmpty).Select(r => new InfusionDrug(Typed.Text(r.First) ?? "", Typed.Text(r.Second) ?? "", Typed.Text(r.Third) ?? ""))], Whole(this["daysAWeek"]) ?? 0, Peripheral) : null,
            Psychiatric = Kind is NursingOrderKind.Psychiatric or NursingOrderKind.PsychiatricSpecial ? Psychiatric() : null,
            Suction = Kind == NursingOrderKind.Suction ? Suction() : null,
        };
        return Texts.Where(t => Has(t.Name)).Aggregate(content, (c, t) => t.Write(c, Typed.Text(this[t.Name])));
    }

    private SuctionPart Suction() => new()
    {
        DisabilityLevel = Whole(this["disability"]), Acts = [.. Acts.Order()], Suction = Typed.Text(this["suction"]), Feeding = Typed.Text(this["feeding"]),
        ForCarers = Typed.Text(this["forCarers"]), ForNurses = Typed.Text(this["forNurses"]),
        Devices = [.. CarerDevices.Where(d => d.Value.On).Select(d => new OrderPoint<CarerDevice>(d.Key, Typed.Text(d.Value.First)))],
    };

    private PsychiatricPart Psychiatric() => new()
    {
        Disclosed = Kind == NursingOrderKind.Psychiatric ? Flag(this["disclosed"]) : null,
        Acceptance = Kind == NursingOrderKind.Psychiatric ? Typed.Text(this["acceptance"]) : null,
        SeveralVisitors = Flag(this["several"]),
        SeveralVisitorsReasons = Flag(this["several"]) == true ? [.. Reasons.Order()] : [],
        ShortVisits = Flag(this["short"]),
        ShortVisitsReason = Flag(this["short"]) == true ? Typed.Text(this["shortReason"]) : null,
        SeveralVisitsADay = Kind == NursingOrderKind.Psychiatric ? Flag(this["often"]) : null,
        Points = Kind == NursingOrderKind.Psychiatric ? [.. Points.Where(p => p.Value.On).Select(p => new OrderPoint<PsychiatricPoint>(p.Key, Typed.Text(p.Value.First)))] : [],
        Observations = Kind == NursingOrderKind.PsychiatricSpecial ? [.. Observations.Where(p => p.Value.On).Select(p => new OrderPoint<PsychiatricObservation>(p.Key, Typed.Text(p.Value.First)))] : [],
        Exchange = Kind == NursingOrderKind.Psychiatric ? Typed.Text(this["exchange"]) : null,
    };

    private static Row Marked<T>(IReadOnlyList<OrderPoint<T>> points, T point) where T : struct, Enum =>
        points.FirstOrDefault(p => EqualityComparer<T>.Default.Equals(p.Point, point)) is { } marked ? new Row(marked.Note) { On = true } : new Row();

    private static string? Number(int? value) => value?.ToString(CultureInfo.InvariantCulture);

    private static int? Whole(string? text) => Typed.Number(text) is { } number && number == decimal.Truncate(number) && number < 10_000 ? (int)number : null;

    private static bool IsWhole(string? text) => string.IsNullOrWhiteSpace(text) || Whole(text) is not null;

    private static string? Flag(bool? value) => value switch { true => "yes", false => "no", null => null };

    private static bool? Flag(string? value) => value switch { "yes" => true, "no" => false, _ => null };
}
