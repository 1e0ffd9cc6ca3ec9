using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Interop.Tests;

/// <summary>References, and resources that come more than once.</summary>
public sealed class ReferenceTests
{
    private static string Pulse(string subject, string id = "o") => $$$$"""
        {"resourceType":"Observation","id":"{{{{id}}}}","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{{{{subject}}}},"effectiveDateTime":"2026-11-20T10:00:00Z","valueQuantity":{"value":72,"unit":"/min"}}
        """;

    private static string Patient(string given, string more = "") => $$"""{"resourceType":"Patient","id":"taro"{{more}},"name":[{"family":"山田","given":["{{given}}"]}],"identifier":[{"system":"urn:oid:1.2","value":"77"}]}""";

    [Theory]
    [InlineData("""{"reference":"Patient/taro"}""")]
    [InlineData("""{"reference":"Patient/taro/_history/3"}""")]
    [InlineData("""{"reference":"https://hospital.example/fhir/Patient/taro"}""")]
    [InlineData("""{"reference":"Patient?identifier=urn:oid:1.2|77"}""")]
    [InlineData("""{"type":"Patient","identifier":{"system":"urn:oid:1.2","value":"77"}}""")]
    public void a_reference_is_followed_however_it_is_written(string subject) =>
        Given.Resource(Pulse(subject), Patient("太郎")).Command<RecordVitals>().PatientId.ShouldBe(Given.IdOf("Patient", "taro"));

    [Theory]
    [InlineData("""{"reference":"urn:uuid:0"}""", "reference.not_here")]
    [InlineData("""{"display":"山田"}""", "reference.not_here")]
    [InlineData("""{"reference":"Group/1"}""", "patient.is_no_patient")]
    [InlineData("\"Patient/taro\"", "patient.not_said")]
    public void a_reference_to_nobody_is_listed(string subject, string key) => Given.Resource(Pulse(subject), Patient("太郎")).NotTaken(key);

    [Fact]
    public void a_patient_contained_in_a_record_is_nobody_who_can_be_found_again() =>
        Given.Resource("""
            {"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"8867-4"}]},"subject":{"reference":"#p"},
            "contained":[{"resourceType":"Patient","id":"p","name":[{"text":"山田 太郎"}]}],"effectiveDateTime":"2026-11-20T10:00:00Z","valueQuantity":{"value":72,"unit":"/min"}}
            """).NotTaken("patient.contained");

    [Fact]
    public void an_identifier_that_two_people_have_names_neither() =>
        Given.Resource(Pulse("""{"type":"Patient","identifier":{"system":"urn:oid:1.2","value":"77"}}"""), Patient("太郎"), Patient("花子").Replace("\"taro\"", "\"hanako\"", StringComparison.Ordinal))
            .NotTaken("reference.not_here");

    [Fact]
    public void the_same_resource_twice_is_taken_once()
    {
        var found = Given.Files(Patient("太郎"), Patient("太郎").Replace(",", ", \n", StringComparison.Ordinal));

        found.Count(r => r.Commands.Count > 0).ShouldBe(1);
        found.Count(r => r.WithAnother).ShouldBe(1);
    }

    [Theory]
    [InlineData(0, 1, 2)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 0, 2)]
    public void of_several_versions_the_last_changed_counts_whatever_the_order(int a, int b, int c)
    {
        string[] versions =
        [
            Patient("初郎"), Patient("次郎", ""","meta":{"lastUpdated":"2026-01-01T00:00:00Z"}"""), Patient("太郎", ""","meta":{"lastUpdated":"2026-01-01T00:00:01Z"}"""),
        ];

        var found = Given.Files(versions[a], versions[b], versions[c]);

        found.Single(r => r.Commands.Count > 0).Command<RegisterPatient>().Details.Given.ShouldBe("太郎");
    }

    [Fact]
    public void contradicting_versions_without_a_time_are_not_taken() =>
        Given.Files(Patient("太郎"), Patient("次郎")).Select(r => r.Commands.Count).ShouldAllBe(count => count == 0);

    [Fact]
    public void types_that_are_not_understood_are_listed() =>
        Given.Resource("""{"resourceType":"Location","id":"l"}""").NotTaken("type.not_understood");
}
