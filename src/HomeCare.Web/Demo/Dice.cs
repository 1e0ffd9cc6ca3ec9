using System.Buffers.Binary;
using System.Globalization;

namespace HomeCare.Web.Demo;

/// <summary>Chance that comes out the same on every machine and under every version of .NET: whole numbers only, seeded by words.</summary>
/// <remarks>Source: M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
/// Generation" (Harvey Mudd College HMC-CS-2014-0905), generator PCG-XSH-RR 64/32.</remarks>
internal sealed class Dice
{
    private const ulong Multiplier = 6364136223846793005;
    private const ulong Increment = 1442695040888963407;
    private ulong state;

    private Dice(ulong seed)
    {
        state = unchecked(seed + Increment);
        Next();
    }

    /// <summary>Dice of their own for the same words, always.</summary>
    public static Dice Of(params ReadOnlySpan<string> words)
    {
        Span<byte> bytes = stackalloc byte[16];
        Ids.Of(words).TryWriteBytes(bytes);
        return new Dice(BinaryPrimitives.ReadUInt64LittleEndian(bytes) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
    }

    private uint Next()
    {
        var old = state;
        state = unchecked((old * Multiplier) + Increment);
        var shifted = (uint)(((old >> 18) ^ old) >> 27);
        return uint.RotateRight(shifted, (int)(old >> 59));
    }

    /// <summary>A whole number from low to high, both included.</summary>
    public int Between(int low, int high) => low + (int)((ulong)Next() * (ulong)(high - low + 1) >> 32);

    /// <summary>A whole number near the centre, seldom as far away as the spread.</summary>
    public int Around(int centre, int spread) => centre + ((Between(-spread, spread) + Between(-spread, spread)) / 2);

    /// <summary>True in so many of a hundred cases.</summary>
    public bool Chance(int percent) => Between(1, 100) <= percent;

    /// <summary>One of them.</summary>
    public T Pick<T>(IReadOnlyList<T> from) => from[Between(0, from.Count - 1)];

    /// <summary>All of them in another order.</summary>
    public T[] Shuffle<T>(IEnumerable<T> from)
    {
        T[] all = [.. from];
        for (var i = all.Length - 1; i > 0; i--)
        {
            var j = Between(0, i);
            (all[i], all[j]) = (all[j], all[i]);
        }

        return all;
    }

    /// <summary>Replaces each <c>{2-6}</c> by a number from 2 to 6 and each <c>{左|右}</c> by one of the words.</summary>
    public string Fill(string text)
    {
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', StringComparison.Ordinal))
        {
            var close = text.IndexOf('}', open);
            var inner = text[(open + 1)..close];
            var bounds = inner.Split('-');
            var chosen = bounds.Length == 2 && int.TryParse(bounds[0], CultureInfo.InvariantCulture, out var low) && int.TryParse(bounds[1], CultureInfo.InvariantCulture, out var high)
                ? Between(low, high).ToString(CultureInfo.InvariantCulture)
                : Pick(inner.Split('|'));
            text = text[..open] + chosen + text[(close + 1)..];
        }

        return text;
    }
}

/// <summary>Sentences dealt like cards: each comes once before any comes again.</summary>
internal sealed class Deck(Dice dice, IEnumerable<string> sentences)
{
    private readonly string[] cards = dice.Shuffle(sentences);
    private int dealt;

    public string Deal() => dice.Fill(cards[dealt++ % cards.Length]);
}
