using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace HomeCare.EventStore;

/// <summary>
/// The SHA-256 of what JSON says, whatever way it is written: the same for a body before it is stored and for what <c>jsonb</c>
/// gives back, which sorts keys, keeps the last of a doubled key, unescapes text and writes exponents out.
/// </summary>
/// <remarks>
/// Hashed are: <c>o</c>, count, then name and value by the order of the names' UTF-8; <c>a</c>, count, values; <c>s</c>, length, UTF-8;
/// <c>n</c>, length, the number without exponent and with its decimal places (36.50 is not 36.5); <c>t</c>, <c>f</c>, <c>0</c>.
/// Counts and lengths are 32-bit, little-endian.
/// </remarks>
internal static class CanonicalJson
{
    /// <summary>PostgreSQL's numeric has at most 131,072 digits before the point and 16,383 after it.</summary>
    private const int LongestNumber = 150_000;

    private const int LargestKept = 1 << 20;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    private static readonly JsonReaderOptions Options = new() { MaxDepth = 1024 };

    /// <exception cref="JsonException">it is not JSON, or deeper than 1,024 levels</exception>
    /// <exception cref="InvalidOperationException">a text holds half a surrogate pair</exception>
    public static byte[] Hash(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, Options);
        var into = buffer ??= new ArrayBufferWriter<byte>(4096);
        if (into.Capacity > LargestKept)
            into = buffer = new ArrayBufferWriter<byte>(4096);
        into.ResetWrittenCount();
        reader.Read();
        Write(ref reader, into);
        return SHA256.HashData(into.WrittenSpan);
    }

    private static void Write(ref Utf8JsonReader reader, ArrayBufferWriter<byte> into)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                WriteObject(ref reader, into);
                break;
            case JsonTokenType.StartArray:
                Put(into, (byte)'a');
                var at = into.WrittenCount;
                Put(into, 0);
                var count = 0;
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    Write(ref reader, into);
                    count++;
                }

                Patch(into, at, count);
                break;
            case JsonTokenType.String:
                Put(into, (byte)'s');
                WriteText(ref reader, into);
                break;
            case JsonTokenType.Number:
                Put(into, (byte)'n');
                WriteNumber(reader.ValueSpan, into);
                break;
            case JsonTokenType.True:
                Put(into, (byte)'t');
                break;
            case JsonTokenType.False:
                Put(into, (byte)'f');
                break;
            case JsonTokenType.Null:
                Put(into, (byte)'0');
                break;
            default:
                throw new JsonException($"Unexpected in JSON: {reader.TokenType}.");
        }
    }

    private static void WriteObject(ref Utf8JsonReader reader, ArrayBufferWriter<byte> into)
    {
        Put(into, (byte)'o');
        var at = into.WrittenCount;
        Put(into, 0);
        var members = new List<Member>();
        var inOrder = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
        {
            var name = into.WrittenCount;
            WriteText(ref reader, into);
            var value = into.WrittenCount;
            reader.Read();
            Write(ref reader, into);
            var member = new Member(members.Count, name, value, into.WrittenCount);
            inOrder = inOrder && (members.Count == 0 || Compare(into.WrittenSpan, members[^1], member) < 0);
            members.Add(member);
        }

        Patch(into, at, inOrder ? members.Count : Reorder(into, at + sizeof(int), members));
    }

    /// <summary>Puts the members into the order of their names, and of several of one name keeps the last; says how many remain.</summary>
    private static int Reorder(ArrayBufferWriter<byte> into, int from, List<Member> members)
    {
        MemoryMarshal.TryGetArray(into.WrittenMemory, out var array);
        var written = array.Array!;
        members.Sort((x, y) => Compare(written, x, y) is not 0 and var order ? order : x.Place.CompareTo(y.Place));
        var sorted = ArrayPool<byte>.Shared.Rent(into.WrittenCount - from);
        var (length, count) = (0, 0);
        for (var i = 0; i < members.Count; i++)
        {
            if (i + 1 < members.Count && Compare(written, members[i], members[i + 1]) == 0)
                continue;
            var member = written.AsSpan(members[i].Name, members[i].End - members[i].Name);
            member.CopyTo(sorted.AsSpan(length));
            length += member.Length;
            count++;
        }

        sorted.AsSpan(0, length).CopyTo(written.AsSpan(from));
        var end = from + length;
        if (end < into.WrittenCount)
        {
            // What remains of doubled names is cut off by writing the whole anew.
            var whole = written.AsSpan(0, end).ToArray();
            into.ResetWrittenCount();
            into.Write(whole);
        }

        ArrayPool<byte>.Shared.Return(sorted);
        return count;
    }

    private static int Compare(ReadOnlySpan<byte> written, in Member x, in Member y) =>
        written[(x.Name + sizeof(int))..x.Value].SequenceCompareTo(written[(y.Name + sizeof(int))..y.Value]);

    private static void WriteText(ref Utf8JsonReader reader, ArrayBufferWriter<byte> into)
    {
        var at = into.WrittenCount;
        Put(into, 0);
        var length = reader.CopyString(into.GetSpan(Math.Max(1, reader.ValueSpan.Length)));
        into.Advance(length);
        Patch(into, at, length);
    }

    /// <summary>As PostgreSQL's numeric writes it: no exponent, no sign of zero, no zeros before, all those after.</summary>
    private static void WriteNumber(ReadOnlySpan<byte> number, ArrayBufferWriter<byte> into)
    {
        var negative = number[0] == (byte)'-';
        var unsigned = negative ? number[1..] : number;
        var e = unsigned.IndexOfAny((byte)'e', (byte)'E');
        if (e < 0 && (!negative || unsigned.IndexOfAnyInRange((byte)'1', (byte)'9') >= 0))
        {
            WriteBytes(number, into); // JSON allows no zeros before it
            return;
        }

        var exponent = 0;
        if (e >= 0 && (!int.TryParse(unsigned[(e + 1)..], System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out exponent)
            || Math.Abs((long)exponent) > LongestNumber))
        {
            WriteBytes(number, into); // PostgreSQL refuses it
            return;
        }

        var mantissa = e >= 0 ? unsigned[..e] : unsigned;
        var point = mantissa.IndexOf((byte)'.');
        var whole = point >= 0 ? mantissa[..point] : mantissa;
        var fraction = point >= 0 ? mantissa[(point + 1)..] : default;

        // digits × 10^-places
        var places = fraction.Length - exponent;
        var zerosAfter = Math.Max(0, -places);
        places = Math.Max(0, places);
        var digits = new byte[Math.Max(whole.Length + fraction.Length + zerosAfter, places + 1)];
        digits.AsSpan().Fill((byte)'0');
        var first = digits.Length - zerosAfter - fraction.Length - whole.Length;
        whole.CopyTo(digits.AsSpan(first));
        fraction.CopyTo(digits.AsSpan(first + whole.Length));
        var wholeDigits = digits.AsSpan(0, digits.Length - places).TrimStart((byte)'0');
        var isZero = digits.AsSpan().IndexOfAnyExcept((byte)'0') < 0;

        var text = new ArrayBufferWriter<byte>(digits.Length + 3);
        if (negative && !isZero)
            Put(text, (byte)'-');
        text.Write(wholeDigits.IsEmpty ? "0"u8 : wholeDigits);
        if (places > 0)
        {
            Put(text, (byte)'.');
            text.Write(digits.AsSpan(digits.Length - places));
        }

        WriteBytes(text.WrittenSpan, into);
    }

    private static void WriteBytes(ReadOnlySpan<byte> bytes, ArrayBufferWriter<byte> into)
    {
        Put(into, bytes.Length);
        into.Write(bytes);
    }

    private static void Put(ArrayBufferWriter<byte> into, byte value)
    {
        into.GetSpan(1)[0] = value;
        into.Advance(1);
    }

    private static void Put(ArrayBufferWriter<byte> into, int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(into.GetSpan(sizeof(int)), value);
        into.Advance(sizeof(int));
    }

    /// <summary>The writer gives no second look at what it has taken; the memory behind it is an array all the same.</summary>
    private static void Patch(ArrayBufferWriter<byte> into, int at, int value)
    {
        MemoryMarshal.TryGetArray(into.WrittenMemory, out var array);
        BinaryPrimitives.WriteInt32LittleEndian(array.AsSpan(at, sizeof(int)), value);
    }

    /// <summary>Where a member lies: its name with its length from <c>Name</c>, its value from <c>Value</c> to <c>End</c>.</summary>
    private readonly record struct Member(int Place, int Name, int Value, int End);
}
