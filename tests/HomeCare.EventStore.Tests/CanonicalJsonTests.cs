using System.Text;

namespace HomeCare.EventStore.Tests;

/// <summary>A body's hash must be the same before it is stored and after PostgreSQL gave it back.</summary>
public sealed class CanonicalJsonTests : StoreTests
{
    [Theory]
    [InlineData("""{"b":1,"a":2,"aa":3,"あ":4,"Z":5,"":6}""")]
    [InlineData("""{"a":1,"b":{"x":1},"a":2,"b":{"y":2}}""")]
    [InlineData("""[0,-0,0.0,-0.0,1,-1,36.5,36.50,0.10,00e0]""", false)]
    [InlineData("""[0,-0,0.0,-0.0,1,-1,36.5,36.50,0.10,10,100,1000000]""")]
    [InlineData("""[1e2,1E2,1e+2,1.5e3,1.50e3,1.5e-3,1e-2,12.34e1,12.34e2,12.34e3,0e5,0e-5,-0e-3,0.00e1,123e-5,100e-2]""")]
    [InlineData("""[1.7976931348623157E+308,5E-324,-2.2250738585072014E-308,9007199254740993,79228162514264337593543950335,0.0000000000000000000000000001]""")]
    [InlineData("""["","a\"b\\c\/d","\b\f\n\r\t","\u3042\u001f\u007f\ud842\udfb7","あ\u3044","😀\u2028"]""")]
    [InlineData("""{"\u0061":1,"b\n":2,"\u3042":[null,true,false,{},[],[{}],""]}""")]
    [InlineData("\"text\"")]
    [InlineData(" { \"a\" : [ 1 , 2 ] } ")]
    public async Task what_jsonb_gives_back_has_the_hash_of_what_was_given(string json, bool isJson = true)
    {
        if (!isJson)
        {
            Should.Throw<System.Text.Json.JsonException>(() => CanonicalJson.Hash(Encoding.UTF8.GetBytes(json)));
            return;
        }

        await using var command = Db.CreateCommand("select $1::jsonb");
        command.Parameters.Add(new() { Value = json, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        var stored = (string)(await command.ExecuteScalarAsync())!;

        HashOf(stored).ShouldBe(HashOf(json), stored);
    }

    [Theory]
    [InlineData("""{"a":1}""", """{"a":"1"}""")]
    [InlineData("""{"a":1}""", """{"a":2}""")]
    [InlineData("""{"a":36.5}""", """{"a":36.50}""")]
    [InlineData("""{"a":1,"b":2}""", """{"a":2,"b":1}""")]
    [InlineData("""{"a":null}""", "{}")]
    [InlineData("""{"a":[]}""", """{"a":{}}""")]
    [InlineData("""["a","b"]""", """["ab"]""")]
    [InlineData("""["ab","c"]""", """["a","bc"]""")]
    [InlineData("""[1,[2]]""", """[[1],2]""")]
    [InlineData("""[12]""", """[1,2]""")]
    [InlineData("""[1]""", """[-1]""")]
    [InlineData("""[true]""", """[false]""")]
    [InlineData("""{"ab":"c"}""", """{"a":"bc"}""")]
    public void what_says_something_else_has_another_hash(string one, string other) => HashOf(one).ShouldNotBe(HashOf(other));

    [Fact]
    public async Task whatever_json_has_the_hash_of_what_jsonb_gives_back()
    {
        var random = new Random(20261126);
        var bodies = Enumerable.Range(0, 500).Select(_ => Any(random, 0)).ToArray();
        await using var command = Db.CreateCommand("select body::jsonb::text from unnest($1) with ordinality as given (body, place) order by place");
        command.Parameters.Add(new Npgsql.NpgsqlParameter<string[]> { TypedValue = bodies });
        await using var rows = await command.ExecuteReaderAsync();
        for (var i = 0; await rows.ReadAsync(); i++)
            HashOf(rows.GetString(0)).ShouldBe(HashOf(bodies[i]), bodies[i]);
    }

    private static string HashOf(string json) => Convert.ToHexString(CanonicalJson.Hash(Encoding.UTF8.GetBytes(json)));

    private static string Any(Random random, int depth) => random.Next(depth > 3 ? 5 : 7) switch
    {
        0 => "null",
        1 => random.Next(2) == 0 ? "true" : "false",
        2 => Text(random),
        3 or 4 => Number(random),
        5 => $"[{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => Any(random, depth + 1)))}]",
        _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(6)).Select(_ => $"{Text(random)}:{Any(random, depth + 1)}"))}}}",
    };

    private static string Text(Random random) => '"' + string.Concat(Enumerable.Range(0, random.Next(4)).Select(_ =>
        new[] { "a", "b", "Z", "\\n", "\\\"", "\\u3042", "あ", "漢", "😀", "\\ud83d\\ude00", "\\\\", "/", "\\/", " " }[random.Next(14)])) + '"';

    private static string Number(Random random)
    {
        string Digits(int most) => string.Concat(Enumerable.Range(0, random.Next(1, most)).Select(_ => (char)('0' + random.Next(10))));
        var whole = random.Next(2) == 0 ? "0" : (char)('1' + random.Next(9)) + Digits(12);
        return (random.Next(2) == 0 ? "-" : "") + whole + (random.Next(2) == 0 ? "" : "." + Digits(8))
            + (random.Next(2) == 0 ? "" : (random.Next(2) == 0 ? "e" : "E") + new[] { "", "+", "-" }[random.Next(3)] + random.Next(40));
    }
}
