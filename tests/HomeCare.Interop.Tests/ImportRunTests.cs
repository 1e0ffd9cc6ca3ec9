using HomeCare.CareTeams;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Interop.Tests;

/// <summary>What was read reaches the record, on a real database.</summary>
public sealed class ImportRunTests
{
    private static string Patient(string id = "taro", string birthDate = "1940-02-03", string given = "太郎", string gender = "male") =>
        $$"""{"resourceType":"Patient","id":"{{id}}","name":[{"family":"山田","given":["{{given}}"]}],"birthDate":"{{birthDate}}","gender":"{{gender}}"}""";

    private static string Weight(string value, string id = "w", string patient = "taro", string status = "final") => $$$$"""
        {"resourceType":"Observation","id":"{{{{id}}}}","status":"{{{{status}}}}","code":{"coding":[{"system":"http://loinc.org","code":"29463-7"}]},"subject":{"reference":"Patient/{{{{patient}}}}"},
        "effectiveDateTime":"2026-11-20T10:00:00Z","valueQuantity":{"value":{{{{value}}}},"unit":"kg"}}
        """;

    private static string Stream(string id = "w") => Measurement.StreamOf(Given.IdOf("Observation", id));

    [Fact]
    public async Task a_second_import_of_the_same_files_writes_nothing()
    {
        await using var installed = await Installed.StartAsync();
        string[] files = [Patient(), Weight("60.5"), """{"resourceType":"Condition","id":"c","code":{"text":"肺炎"},"subject":{"reference":"Patient/taro"}}"""];
        var first = await installed.ImportAsync(files);
        var before = await installed.EventCountAsync();

        var second = await installed.ImportAsync(files);

        (await installed.EventCountAsync()).ShouldBe(before);
        first.Tallies.Values.Sum(t => t.Written).ShouldBe(3);
        second.Tallies.Values.ShouldAllBe(t => t.Written == 0 && t.Unchanged == 1);
    }

    [Fact]
    public async Task a_changed_resource_becomes_a_correction_and_so_does_its_return()
    {
        await using var installed = await Installed.StartAsync();
        foreach (var weight in new[] { "60.5", "61", "60.5", "60.5", "61" })
        {
            await installed.ImportAsync(Patient(), Weight(weight));
        }

        var events = await installed.EventsAsync(Stream());
        events.Select(e => e switch { VitalsRecorded r => r.Vitals.Weight, VitalsCorrected c => c.Vitals.Weight, _ => null }).ShouldBe([60.5m, 61m, 60.5m, 61m]);
    }

    [Fact]
    public async Task what_a_nurse_corrected_here_is_not_undone_by_the_same_file()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient(), Weight("60.5"));
        var recorded = (await installed.EventsAsync(Stream())).OfType<VitalsRecorded>().Single();
        await installed.DoAsync(installed.Nurse, new CorrectMeasurement(recorded.MeasurementId, recorded.Vitals with { Weight = 50.5m }, "読み違い"));

        await installed.ImportAsync(Patient(), Weight("60.5"));

        (await installed.EventsAsync(Stream())).OfType<VitalsCorrected>().ShouldHaveSingleItem().Vitals.Weight.ShouldBe(50.5m);
    }

    [Fact]
    public async Task a_record_taken_back_is_struck_out_and_one_never_seen_is_listed()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient(), Weight("60.5"));

        var report = await installed.ImportAsync(Patient(), Weight("60.5", status: "entered-in-error"), Weight("60.5", "never", status: "entered-in-error"));

        (await installed.EventsAsync(Stream())).OfType<VitalsEnteredInError>().ShouldHaveSingleItem();
        (await installed.EventsAsync(Stream("never"))).ShouldBeEmpty();
        report.Reasons.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Key.ShouldBe("resource.taken_back"), r => r.Resources.ShouldBe(["never"]));
    }

    [Fact]
    public async Task another_person_under_the_same_id_is_refused_and_nothing_of_theirs_reaches_the_first()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient(), Weight("60.5"));
        var before = await installed.EventCountAsync();

        var report = await installed.ImportAsync(Patient(birthDate: "1955-05-05", given: "花子", gender: "female"), Weight("48", "other"));

        (await installed.EventCountAsync()).ShouldBe(before);
        report.Reasons.Select(r => (r.Type, r.Key)).ShouldBe([("Patient", "patient.other_person_same_source"), ("Observation", "patient.refused")], ignoreOrder: true);
    }

    [Fact]
    public async Task two_sources_may_both_have_a_patient_of_that_id()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync("hospital", [Patient(), Weight("60.5")]);
        await installed.ImportAsync("clinic", [Patient(birthDate: "1955-05-05", given: "花子", gender: "female"), Weight("48")]);

        (await installed.Patients.ListAsync(installed.Nurse)).Lines.Select(l => (l.Name, l.Latest.Single().Value)).ShouldBe([("山田 太郎", 60.5m), ("山田 花子", 48m)], ignoreOrder: true);
    }

    [Fact]
    public async Task a_patient_imported_before_need_not_come_again_and_one_never_seen_is_listed()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient());

        var report = await installed.ImportAsync(Weight("60.5"), Weight("70", "lost", "nobody"));

        (await installed.EventsAsync(Stream())).ShouldHaveSingleItem();
        report.Reasons.ShouldHaveSingleItem().ShouldSatisfyAllConditions(
            r => r.Key.ShouldBe("reference.not_here"), r => r.Arguments.ShouldBe(["Patient/nobody"]), r => r.Resources.ShouldBe(["lost"]));
    }

    [Fact]
    public async Task who_measured_is_named_though_they_were_imported_before()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient(), """
            {"resourceType":"Practitioner","id":"d","name":[{"text":"大阪 一郎"}],
            "qualification":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/v2-0360","code":"MD"}]}}]}
            """);

        await installed.ImportAsync(Weight("60.5").Replace("\"status\"", """ "performer":[{"reference":"Practitioner/d"}],"status" """, StringComparison.Ordinal));

        (await installed.EventsAsync(Stream())).OfType<VitalsRecorded>().Single().MeasuredBy.ShouldBe("大阪 一郎");
    }

    [Fact]
    public async Task the_team_joins_once_and_is_not_put_back_after_leaving()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient());
        var patient = (await installed.Patients.ListAsync(installed.Nurse)).Lines.ShouldHaveSingleItem().PatientId;
        await installed.DoAsync(installed.Nurse, new LeaveCareTeam(patient, installed.Nurse.PersonId));

        await installed.ImportAsync(Patient());

        (await installed.Patients.ListAsync(installed.Nurse)).Lines.ShouldBeEmpty();
    }

    [Fact]
    public async Task a_changed_address_corrects_the_patients_details()
    {
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync(Patient());
        await installed.ImportAsync(Patient().Replace("\"gender\"", """ "address":[{"text":"東京都港区"}],"gender" """, StringComparison.Ordinal));

        var events = await installed.EventsAsync(HomeCare.Patients.Patient.StreamOf(Given.IdOf("Patient", "taro")));
        events.OfType<PatientDetailsCorrected>().ShouldHaveSingleItem().Details.Address.ShouldBe("東京都港区");
    }

    [Fact]
    public async Task text_that_cannot_be_stored_is_listed_and_the_rest_goes_on()
    {
        await using var installed = await Installed.StartAsync();

        var report = await installed.ImportAsync(
            Patient(), """{"resourceType":"Condition","id":"c","code":{"text":"肺\u0000炎"},"subject":{"reference":"Patient/taro"}}""",
            $$$$"""{"resourceType":"Condition","id":"long","code":{"text":"{{{{new string('長', 201)}}}}"},"subject":{"reference":"Patient/taro"}}""", Weight("60.5"));

        report.Reasons.Select(r => r.Key).ShouldBe(["text.not_storable", "field.too_long"], ignoreOrder: true);
        (await installed.EventsAsync(Stream())).ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public async Task any_order_of_files_and_resources_gives_the_same_record(int seed)
    {
        string[] documents =
        [
            Patient(), Patient("hanako", "1950-01-01", "花子", "female"), Weight("60.5"), Weight("48", "w2", "hanako"),
            """{"resourceType":"Organization","id":"o","name":"港病院"}""",
            """{"resourceType":"Practitioner","id":"n","name":[{"text":"愛知 花子"}]}""",
            """{"resourceType":"PractitionerRole","id":"r","practitioner":{"reference":"Practitioner/n"},"organization":{"reference":"Organization/o"},"code":[{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/JP_PractitionerRole_CS","code":"JPR20000"}]}]}""",
            """{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB"},"subject":{"reference":"Patient/taro"},"period":{"start":"2026-11-01T10:00:00Z"},"serviceProvider":{"reference":"Organization/o"},"participant":[{"individual":{"reference":"Practitioner/n"}}]}""",
            """{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","subject":{"reference":"Patient/hanako"},"authoredOn":"2026-11-01","medicationReference":{"reference":"Medication/x"}}""",
            """{"resourceType":"Medication","id":"x","code":{"text":"フロセミド錠20mg"}}""",
            """{"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/taro"},"code":{"text":"そば"}}""",
            """{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/taro"},"code":{"text":"肺炎"}}""",
        ];
        await using var ordered = await Installed.StartAsync();
        await using var shuffled = await Installed.StartAsync();
        await ordered.ImportAsync(documents);
        var random = new Random(seed);
        random.Shuffle(documents);
        var half = documents.Length / 2;

        var report = await shuffled.ImportAsync(
            [.. documents[..half], """{"resourceType":"Bundle","type":"collection","entry":[""" + string.Join(',', documents[half..].Select(d => $"{{\"resource\":{d}}}")) + "]}"]);

        report.Reasons.ShouldBeEmpty();
        (await shuffled.PictureAsync()).ShouldBe(await ordered.PictureAsync());
    }
}
