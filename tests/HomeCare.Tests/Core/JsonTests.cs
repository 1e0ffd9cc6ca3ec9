using System.Text.Json;
using HomeCare.Instructions;
using HomeCare.Patients;

namespace HomeCare.Tests.Core;

/// <summary>JSON from outside: what may be left out, and what is never guessed.</summary>
public sealed class JsonTests
{
    [Fact]
    public void what_may_be_null_may_be_left_out() =>
        JsonSerializer.Deserialize<Condition>("""{"name":"心不全","status":"active"}""", Json.Options)!.Codes.ShouldBeNull();

    [Theory]
    [InlineData("""{"name":"心不全"}""", "status")]
    [InlineData("""{"name":"心不全","status":"active","nmae":"x"}""", "nmae")]
    [InlineData("""{"name":"心不全","name":"別","status":"active"}""", "name")]
    [InlineData("""{"name":null,"status":"active"}""", "name")]
    [InlineData("""{"name":"心不全","status":0}""", "status")]
    [InlineData("""{"name":"心不全","status":"1"}""", "status")]
    public void what_is_missing_misspelt_doubled_or_a_number_for_a_choice_is_refused(string body, string about) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<Condition>(body, Json.Options)).Message.ShouldContain(about);

    [Fact]
    public void the_kind_of_an_instruction_is_never_guessed() =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<IssueInstruction>(
            """{"instructionId":"0199a0b0-0000-7000-8000-000000000001","patientId":"0199a0b0-0000-7000-8000-000000000002","text":"x","addressee":{"kind":"whoeverVisitsNext"}}""",
            Json.Options)).Message.ShouldContain("kind");

    [Fact]
    public void japanese_is_written_as_it_is() => JsonSerializer.Serialize(new Contact("岡本 恵子", "長女", "090"), Json.Options).ShouldContain("岡本 恵子");
}
