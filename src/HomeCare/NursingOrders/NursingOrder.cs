using System.Collections.Immutable;

namespace HomeCare.NursingOrders;

/// <summary>The kinds of written order to a nursing station.</summary>
public enum NursingOrderKind
{
    /// <summary>訪問看護指示書</summary>
    Ordinary,
    /// <summary>特別訪問看護指示書</summary>
    Special,
    /// <summary>在宅患者訪問点滴注射指示書</summary>
    Infusion,
    /// <summary>精神科訪問看護指示書</summary>
    Psychiatric,
    /// <summary>精神科特別訪問看護指示書</summary>
    PsychiatricSpecial,
    /// <summary>介護職員等喀痰吸引等指示書: to a home-help office whose certified carers suction or feed by tube. It goes to no nursing station, and no visit by a nurse stands on it.</summary>
    Suction,
}

/// <summary>How far an order has come.</summary>
public enum NursingOrderStatus
{
    /// <summary>下書き</summary>
    Draft,
    /// <summary>内容確定・署名待ち: the physician has confirmed what it says; on paper it still says 下書き.</summary>
    Issued,
    /// <summary>署名済み: in force on the days of its period.</summary>
    Signed,
    /// <summary>取消</summary>
    Withdrawn,
}

/// <summary>All written orders about one person. They are one stream because what may be ordered depends on the others: overlap, count, the
/// ordinary order that a special one stands on (docs/adr/0015).</summary>
/// <param name="PatientId">About whom; null before the first.</param>
/// <param name="All">Every order there ever was.</param>
public sealed record NursingOrderBook(Guid? PatientId, ImmutableDictionary<Guid, NursingOrder> All) : IState<NursingOrderBook>
{
    /// <summary>The stream of a person's orders.</summary>
    public static string StreamOf(Guid patientId) => $"nursing-orders-{patientId}";

    /// <inheritdoc/>
    public static NursingOrderBook Initial { get; } = new(null, ImmutableDictionary<Guid, NursingOrder>.Empty);

    /// <inheritdoc/>
    public static string StreamType => "nursing_orders";

    /// <inheritdoc/>
    public NursingOrderBook Apply(object e) => e switch
    {
        NursingOrderDrafted d => new(d.PatientId, All.SetItem(d.OrderId, new NursingOrder(
            d.OrderId, d.Kind, d.FormVersion, d.Content, d.PhysicianId, d.InstitutionId, d.StationName, NursingOrderStatus.Draft, WasSigned: false))),
        NursingOrderIssued i => With(i.OrderId, o => o with { Status = NursingOrderStatus.Issued }),
        NursingOrderSigned s => With(s.OrderId, o => o with { Status = NursingOrderStatus.Signed, WasSigned = true, Signature = s.Signature }),
        NursingOrderWithdrawn w => With(w.OrderId, o => o with { Status = NursingOrderStatus.Withdrawn }),
        _ => this,
    };

    private NursingOrderBook With(Guid orderId, Func<NursingOrder, NursingOrder> change) =>
        All.TryGetValue(orderId, out var order) ? this with { All = All.SetItem(orderId, change(order)) } : this;
}

/// <summary>One order.</summary>
/// <param name="OrderId">Which.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="FormVersion">The version of the form that it was first drafted on; it stays.</param>
/// <param name="Content">What it says.</param>
/// <param name="PhysicianId">The physician whose order it is.</param>
/// <param name="InstitutionId">The institution that the physician acted for.</param>
/// <param name="StationName">The station, by name at the time.</param>
/// <param name="Status">How far it has come.</param>
/// <param name="WasSigned">Whether it was ever in force.</param>
/// <param name="Signature">How it was signed.</param>
public sealed record NursingOrder(
    Guid OrderId, NursingOrderKind Kind, string FormVersion, NursingOrderContent Content, Guid PhysicianId, Guid? InstitutionId,
    string StationName, NursingOrderStatus Status, bool WasSigned, OrderSignature? Signature = null)
{
    /// <summary>Its last day, the blank period resolved.</summary>
    public DateOnly LastDay => NursingOrderLimits.LastDay(Kind, Content.From, Content.Until);

    /// <summary>Whether it was confirmed and not withdrawn.</summary>
    public bool Stands => Status is NursingOrderStatus.Issued or NursingOrderStatus.Signed;

    /// <summary>Whether it counts against how many may be given: it stands, or it stood signed.</summary>
    public bool Counts => Stands || WasSigned;

    /// <summary>Whether the day lies in its period.</summary>
    public bool Includes(DateOnly day) => Content.From <= day && day <= LastDay;

    /// <summary>Whether both periods share a day.</summary>
    public bool Overlaps(NursingOrder other) => Content.From <= other.LastDay && other.Content.From <= LastDay;

    /// <summary>Whether the actor answers for it: its physician, or a physician of the same institution.</summary>
    internal bool IsAnsweredBy(Actor by) => PhysicianId == by.PersonId || (InstitutionId is not null && InstitutionId == by.OrganisationId);
}

/// <summary>A form as it was laid down for a time.</summary>
/// <param name="Version">Year and month of the revision: <c>2024-06</c>.</param>
/// <param name="From">First day of its use.</param>
/// <param name="DiagnosisCodes">Whether it has a place for the codes of diagnoses.</param>
public sealed record NursingOrderForm(string Version, DateOnly From, bool DiagnosisCodes)
{
    /// <summary>All that are known, oldest first. A new revision is added; none is ever changed or taken away.</summary>
    /// <remarks>Source: the notices on the forms with the fee revisions of 2022 (令和4年) and 2024 (令和6年), which added 傷病名コード.</remarks>
    public static IReadOnlyList<NursingOrderForm> All { get; } =
    [
        new("2022-04", new DateOnly(2022, 4, 1), DiagnosisCodes: false),
        new("2024-06", new DateOnly(2024, 6, 1), DiagnosisCodes: true),
    ];

    /// <summary>The one in use on a day.</summary>
    public static NursingOrderForm On(DateOnly day) => All.LastOrDefault(f => f.From <= day) ?? All[0];

    /// <summary>The one of a version; an unknown version is shown on the newest.</summary>
    public static NursingOrderForm Of(string version) => All.FirstOrDefault(f => f.Version == version) ?? All[^1];
}
