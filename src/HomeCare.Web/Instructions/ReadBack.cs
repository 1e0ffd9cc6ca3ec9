using System.Globalization;
using HomeCare.Instructions;
using HomeCare.Patients;
using HomeCare.Web.Parts;

namespace HomeCare.Web.Instructions;

/// <summary>The parts of a medicine order, each of which is read back.</summary>
public enum OrderPart
{
    /// <summary>薬</summary>
    Drug,
    /// <summary>量</summary>
    Dose,
    /// <summary>単位</summary>
    Unit,
    /// <summary>経路</summary>
    Route,
    /// <summary>速度</summary>
    Rate,
    /// <summary>時刻・用法</summary>
    Timing,
}

/// <summary>What somebody has read back of an order so far.</summary>
public sealed class ReadBack(MedicineOrder order)
{
    private readonly Dictionary<OrderPart, string> said = [];

    /// <summary>The parts that the order has.</summary>
    public IReadOnlyList<OrderPart> Parts { get; } = [.. Enum.GetValues<OrderPart>().Where(part => !string.IsNullOrWhiteSpace(Ordered(order, part)))];

    /// <summary>A part as said; empty before.</summary>
    public string this[OrderPart part]
    {
        get => said.GetValueOrDefault(part, "");
        set => said[part] = value;
    }

    /// <summary>A part as ordered.</summary>
    public string Ordered(OrderPart part) => Ordered(order, part) ?? "";

    /// <summary>Whether a part is said as ordered; null before it is said.</summary>
    public bool? Agrees(OrderPart part) => this[part].Trim() switch
    {
        "" => null,
        var text when part == OrderPart.Dose => Typed.Number(text) == order.Dose,
        var text => SearchText.Of(text) == SearchText.Of(Ordered(part)),
    };

    /// <summary>Whether every part is said.</summary>
    public bool IsWhole => Parts.All(part => this[part].Trim() is { Length: > 0 } text && (part != OrderPart.Dose || Typed.Number(text) is not null));

    /// <summary>The parts said otherwise than ordered.</summary>
    public IEnumerable<OrderPart> Differing => Parts.Where(part => Agrees(part) == false);

    /// <summary>What was said, as an order; the server compares it. Only when whole.</summary>
    public MedicineOrder ToOrder() => new(
        this[OrderPart.Drug], Typed.Number(this[OrderPart.Dose]) ?? 0, this[OrderPart.Unit], this[OrderPart.Route],
        NullWhenEmpty(this[OrderPart.Rate]), NullWhenEmpty(this[OrderPart.Timing]));

    private static string? Ordered(MedicineOrder order, OrderPart part) => part switch
    {
        OrderPart.Drug => order.Drug,
        OrderPart.Dose => order.Dose.ToString("0.############", CultureInfo.InvariantCulture),
        OrderPart.Unit => order.Unit,
        OrderPart.Route => order.Route,
        OrderPart.Rate => order.Rate,
        OrderPart.Timing => order.Timing,
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };

    private static string? NullWhenEmpty(string text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
