using HomeCare.NursingOrders;

namespace HomeCare.Tests.NursingOrders;

/// <summary>Orders about <see cref="People.Okamoto"/> to one station.</summary>
internal static class Orders
{
    public static Guid Patient => People.Okamoto.PatientId;

    public static Guid Station { get; } = People.Station;

    public static DateOnly Today { get; } = JapanTime.DayOf(Clock.Now);

    public static Guid Id(int n) => Ids.Of("test", "order", n.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A content with everything that its kind needs.</summary>
    public static NursingOrderContent Content(NursingOrderKind kind, DateOnly from, DateOnly? until = null, DateOnly? examined = null) => new(Station, from, until)
    {
        Consent = true,
        ExaminedOn = examined ?? (NursingOrderLimits.IsBase(kind) ? null : from),
        Diagnoses = [new OrderDiagnosis("慢性心不全", "I50.9")],
        State = "下腿の浮腫が続く",
        Reason = "急性増悪",
        Infusion = kind == NursingOrderKind.Infusion ? new OrderInfusion([new InfusionDrug("ソルデム3A輸液", "500 mL", "末梢静脈より点滴 1日1回")], 5, Peripheral: true) : null,
        Suction = kind == NursingOrderKind.Suction ? new SuctionPart { Acts = [CarerAct.Mouth], Suction = "20 kPa 以下、10秒以内" } : null,
        EmergencyContact = "佐藤クリニック 03-0000-0000",
    };

    public static NursingOrderDrafted Drafted(int n, NursingOrderKind kind, NursingOrderContent content, Actor? by = null) => new(
        Id(n), Patient, kind, "2024-06", content, "みなと訪問看護", (by ?? People.Physician).PersonId, (by ?? People.Physician).OrganisationId, null);

    public static NursingOrderIssued Issued(int n, NursingOrderKind kind, NursingOrderContent content) => new(
        Id(n), Patient, kind, content.From, NursingOrderLimits.LastDay(kind, content.From, content.Until), "みなと訪問看護", Today, People.Okamoto.Name, People.Okamoto.BirthDate);

    public static NursingOrderSigned Signed(int n, NursingOrderKind kind) => new(Id(n), Patient, kind, new OrderSignature(Today));

    /// <summary>The events of an order in force.</summary>
    public static object[] InForce(int n, NursingOrderKind kind, NursingOrderContent content, Actor? by = null) =>
        [Drafted(n, kind, content, by), Issued(n, kind, content), Signed(n, kind)];

    /// <summary>An ordinary order in force through the whole of a year.</summary>
    public static object[] OrdinaryInForce(int n = 90, Actor? by = null, NursingOrderKind kind = NursingOrderKind.Ordinary) =>
    [
        .. InForce(n, kind, Content(kind, Today.AddDays(-170), NursingOrderLimits.LastDayOfMonths(Today.AddDays(-170), 6)), by),
        .. InForce(n + 1, kind, Content(kind, NursingOrderLimits.LastDayOfMonths(Today.AddDays(-170), 6).AddDays(1), Today.AddDays(120)), by),
    ];

    public static Scenario<NursingOrderBook> ByPhysician(this Scenario<NursingOrderBook> scenario) => scenario.By(People.Physician).Knowing(Station, "みなと訪問看護");
}
