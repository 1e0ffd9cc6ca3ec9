using HomeCare.CareTeams;
using HomeCare.Encounters;
using HomeCare.Medicines;
using HomeCare.Patients;
using HomeCare.Testing;
using HomeCare.VitalSigns;

namespace HomeCare.Interop.Tests;

/// <summary>The 44 example resources of JP Core 1.1.2, which nobody here wrote, from end to end.</summary>
public sealed class JpCoreExamplesTests
{
    private static ImportFile[] Files() =>
        [.. Directory.GetFiles(SharedTestData.Path("jp-core-examples"), "*.json").Order(StringComparer.Ordinal).Select(ImportFile.At)];

    [Fact]
    public async Task the_example_patients_record_is_on_a_timeline_that_the_nurse_sees()
    {
        var files = Files();
        await using var installed = await Installed.StartAsync();

        await installed.ImportAsync("fhir", files);

        var line = (await installed.Patients.ListAsync(installed.Nurse, "ﾔﾏﾀﾞ")).Lines.ShouldHaveSingleItem();
        (line.Name, line.Kana, line.BirthDate, line.Sex).ShouldBe(("山田 太郎", "ヤマダ タロウ", new DateOnly(1970, 1, 1), Sex.Male));
        line.Allergies.ShouldBe(["こむぎこ"]);
        line.Conditions.ShouldBe(["KRAS野生型の転移性結腸直腸癌"]);
        line.Latest.ShouldHaveSingleItem().ShouldSatisfyAllConditions(r => r.Sign.ShouldBe(VitalSign.Weight), r => r.Value.ShouldBe(63.5m));

        var timeline = (await installed.Timeline.ReadAsync(installed.Nurse, line.PatientId, null, null, 200)).ShouldNotBeNull();
        timeline.Select(e => e.Data.GetType()).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count()).ShouldBe(
            new Dictionary<Type, int>
            {
                [typeof(PatientRegistered)] = 1, [typeof(CareTeamJoined)] = 1, [typeof(VitalsRecorded)] = 1, [typeof(ConditionRecorded)] = 1,
                [typeof(AllergyRecorded)] = 1, [typeof(MedicineRecorded)] = 4, [typeof(EncounterRecorded)] = 1,
            },
            ignoreOrder: true);
        timeline.Select(e => e.Data).OfType<MedicineRecorded>().Select(m => m.Prescription).ShouldContain(p =>
            p.Name == "ムコダイン錠２５０ｍｇ" && p.Dosage == "1回1錠 1日3錠 内服・経口・１日３回朝昼夕食後" && p.StartOn == new DateOnly(2020, 4, 1) && p.Days == 3 && p.Quantity == "9錠");
        timeline.Select(e => e.Data).OfType<EncounterRecorded>().Single().Encounter
            .ShouldSatisfyAllConditions(e => e.Organisation.ShouldBe("太郎花子クリニック"), e => e.Participants.ShouldBe(["東京 春子"]));
    }

    [Fact]
    public async Task what_was_not_taken_is_listed_by_type_with_the_reason()
    {
        var files = Files();
        await using var installed = await Installed.StartAsync();

        var report = await installed.ImportAsync("fhir", files);

        report.Tallies.Values.Sum(t => t.Read).ShouldBe(44);
        report.Tallies.Values.Sum(t => t.Written + t.NotTaken).ShouldBe(44);
        report.Reasons.Where(r => r.NotTaken).Select(r => $"{r.Type} {r.Count} {r.Key}").ShouldBe(
            [
                "Coverage 1 type.not_understood", "DiagnosticReport 4 type.not_understood", "FamilyMemberHistory 1 type.not_understood",
                "Immunization 1 type.not_understood", "Location 3 type.not_understood", "MedicationAdministration 4 type.not_understood",
                "MedicationDispense 2 type.not_understood", "Procedure 1 type.not_understood", "Specimen 3 type.not_understood",
                "Medication 2 medication.not_prescribed", "Observation 1 observation.category", "Observation 1 observation.category",
                "Observation 1 observation.category", "Observation 1 observation.impossible", "Organization 1 organisation.gives_no_care",
                "Practitioner 2 practitioner.profession_not_said", "PractitionerRole 1 role.not_now",
            ],
            ignoreOrder: true);
        report.Reasons.Single(r => r.Key == "observation.impossible").ShouldSatisfyAllConditions(
            r => r.Resources.ShouldBe(["jp-observation-vitalsigns-example-1 (400)"]),
            r => new ImportWords(english: false).Say(r.Key, r.Arguments).ShouldBe("呼吸: ありえない値（0–120 /min の外）"));
        report.NotKept["Patient"].Keys.ShouldBe(["extension(JP_Patient_Race)", "extension(patient-birthPlace)", "extension(patient-religion)"]);
    }

    [Fact]
    public async Task imported_twice_nothing_doubles()
    {
        var files = Files();
        await using var installed = await Installed.StartAsync();
        await installed.ImportAsync("fhir", files);
        var (before, picture) = (await installed.EventCountAsync(), await installed.PictureAsync());

        var second = await installed.ImportAsync("fhir", files.Reverse());

        (await installed.EventCountAsync()).ShouldBe(before);
        (await installed.PictureAsync()).ShouldBe(picture);
        second.Tallies.Values.Sum(t => t.Written).ShouldBe(0);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(11)]
    public async Task any_order_of_files_gives_the_same_record(int seed)
    {
        var files = Files();
        await using var ordered = await Installed.StartAsync();
        await using var shuffled = await Installed.StartAsync();
        await ordered.ImportAsync("fhir", files);
        new Random(seed).Shuffle(files);

        await shuffled.ImportAsync("fhir", files);

        (await shuffled.PictureAsync()).ShouldBe(await ordered.PictureAsync());
    }
}
