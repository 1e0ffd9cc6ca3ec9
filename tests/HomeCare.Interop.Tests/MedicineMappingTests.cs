using HomeCare.Medicines;

namespace HomeCare.Interop.Tests;

public sealed class MedicineMappingTests
{
    private const string Extensions = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/";

    private static string Json(string parts, string status = "active", string intent = "order") => $$"""
        {"resourceType":"MedicationRequest","id":"m","status":"{{status}}","intent":"{{intent}}","subject":{"reference":"Patient/taro"},"authoredOn":"2026-11-01T12:00:00+09:00"{{parts}}}
        """;

    private static string Amlodipine(string parts = "") =>
        $$""","medicationCodeableConcept":{"coding":[{"system":"urn:oid:1.2.392.200119.4.403.1","code":"103835401","display":"アムロジピン錠5mg"}]}{{parts}}""";

    private static ImportedResource Request(string parts, string status = "active", string intent = "order") => Given.Resource(Json(parts, status, intent), Given.Taro);

    private static Prescription Prescription(string parts) => Request(parts).Command<RecordMedicine>().Prescription;

    [Fact]
    public void the_amount_stands_before_the_words_that_leave_it_out()
    {
        var prescription = Prescription(Amlodipine($$$$"""
            ,"dosageInstruction":[{"text":"内服・経口・１日３回朝昼夕食後","route":{"text":"経口"},
              "extension":[{"url":"{{{{Extensions}}}}JP_MedicationDosage_PeriodOfUse","valuePeriod":{"start":"2026-11-02"}},{"url":"{{{{Extensions}}}}JP_MedicationDosage_UsageDuration","valueDuration":{"value":7,"code":"d"}}],
              "doseAndRate":[{"doseQuantity":{"value":1,"unit":"錠"},"rateRatio":{"numerator":{"value":3,"unit":"錠"},"denominator":{"value":1,"unit":"日"}}}]}],
            "dispenseRequest":{"quantity":{"value":21,"unit":"錠"}},"requester":{"display":"佐藤 健一"}
            """));

        prescription.Codes.ShouldBe([new Code("urn:oid:1.2.392.200119.4.403.1", "103835401", "アムロジピン錠5mg")]);
        (prescription with { Codes = null }).ShouldBe(new Prescription(
            "アムロジピン錠5mg", null, "1回1錠 1日3錠 内服・経口・１日３回朝昼夕食後", "経口", new DateOnly(2026, 11, 2), 7, "21錠", "佐藤 健一", PrescriptionStatus.Active));
    }

    [Fact]
    public void what_the_words_say_already_is_not_said_twice() =>
        Prescription(Amlodipine(""","dosageInstruction":[{"text":"１回１錠 朝食後","doseAndRate":[{"doseQuantity":{"value":1,"unit":"錠"}}],"additionalInstruction":[{"text":"朝食後"}]}]"""))
            .Dosage.ShouldBe("１回１錠 朝食後");

    [Fact]
    public void a_structured_dosage_becomes_words()
    {
        Prescription(Amlodipine("""
            ,"dosageInstruction":[{"timing":{"repeat":{"frequency":3,"period":1,"periodUnit":"d","when":["PCM","PCD","PCV"]}},"doseAndRate":[{"doseQuantity":{"value":0.5,"unit":"錠"}}]},
            {"sequence":2,"timing":{"repeat":{"frequency":1,"period":8,"periodUnit":"h"}},"asNeededCodeableConcept":{"text":"頭痛時"},"doseAndRate":[{"doseRange":{"low":{"value":1,"unit":"錠"},"high":{"value":2,"unit":"錠"}}}]}]
            """)).Dosage.ShouldBe("1回0.5錠 1日3回 朝食後 昼食後 夕食後 ／ 1回1錠〜2錠 8時間ごとに1回 頓用（頭痛時）");
    }

    [Fact]
    public void bounds_of_the_timing_give_the_days()
    {
        var prescription = Prescription(Amlodipine(""","dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2026-11-03","end":"2026-11-09"}}}}]"""));

        (prescription.StartOn, prescription.Days).ShouldBe((new DateOnly(2026, 11, 3), 7));
    }

    [Fact]
    public void it_may_start_on_a_day_to_come() =>
        Prescription(Amlodipine(""","dosageInstruction":[{"timing":{"repeat":{"boundsPeriod":{"start":"2026-12-24"}}}}]""")).StartOn.ShouldBe(new DateOnly(2026, 12, 24));

    [Fact]
    public void without_a_period_it_starts_on_the_day_of_writing_and_lasts_as_long_as_its_supply()
    {
        var prescription = Prescription(Amlodipine(""","dispenseRequest":{"expectedSupplyDuration":{"value":2,"code":"wk"}}"""));

        (prescription.StartOn, prescription.Days).ShouldBe((new DateOnly(2026, 11, 1), 14));
    }

    [Fact]
    public void the_day_of_writing_is_japans() =>
        Given.Resource(Json(Amlodipine()).Replace("2026-11-01T12:00:00+09:00", "2026-11-01T20:00:00Z", StringComparison.Ordinal), Given.Taro)
            .Command<RecordMedicine>().Prescription.StartOn.ShouldBe(new DateOnly(2026, 11, 2));

    [Fact]
    public void a_mixture_contained_in_it_names_all_its_parts()
    {
        var prescription = Prescription("""
            ,"medicationReference":{"reference":"#x"},"contained":[{"resourceType":"Medication","id":"x","ingredient":[
              {"itemCodeableConcept":{"coding":[{"system":"s","code":"1","display":"輸液500mL"}]},"strength":{"numerator":{"value":1,"unit":"本"},"denominator":{"value":1,"unit":"回"}}},
              {"itemCodeableConcept":{"coding":[{"system":"s","code":"2","display":"注射液"}]}}]}]
            """);

        prescription.Name.ShouldBe("輸液500mL 1本/回 ＋ 注射液");
        prescription.Codes!.Select(c => c.Value).ShouldBe(["1", "2"]);
    }

    [Fact]
    public void a_medication_referred_to_gives_the_name_and_is_not_listed()
    {
        var found = Given.Files(
            Given.Taro, Json(""","medicationReference":{"reference":"Medication/x"}"""),
            """{"resourceType":"Medication","id":"x","code":{"text":"フロセミド錠20mg"}}""", """{"resourceType":"Medication","id":"y","code":{"text":"別の薬"}}""");

        found.Single(r => r.Resource.Id == "m").Command<RecordMedicine>().Prescription.Name.ShouldBe("フロセミド錠20mg");
        found.Single(r => r.Resource.Id == "x").WithAnother.ShouldBeTrue();
        found.Single(r => r.Resource.Id == "y").NotTaken("medication.not_prescribed");
    }

    [Fact]
    public void a_medication_that_is_nowhere_is_named_in_the_reason() =>
        Request(""","medicationReference":{"reference":"Medication/none"}""").NotTaken("reference.not_here").Arguments.ShouldBe(["Medication/none"]);

    [Theory]
    [InlineData("active", PrescriptionStatus.Active, false)]
    [InlineData("completed", PrescriptionStatus.Completed, false)]
    [InlineData("on-hold", PrescriptionStatus.OnHold, false)]
    [InlineData("stopped", PrescriptionStatus.Stopped, false)]
    [InlineData("cancelled", PrescriptionStatus.Stopped, true)]
    [InlineData("entered-in-error", PrescriptionStatus.EnteredInError, true)]
    public void its_status_says_whether_it_is_taken_now(string written, PrescriptionStatus status, bool onlyIfKnown)
    {
        var request = Request(Amlodipine(), written);

        request.Command<RecordMedicine>().Prescription.Status.ShouldBe(status);
        request.OnlyIfKnown.ShouldBe(onlyIfKnown);
    }

    [Fact]
    public void a_draft_a_proposal_and_an_order_not_to_give_are_not_taken()
    {
        Request(Amlodipine(), "draft").NotTaken("status.not_taken");
        Request(Amlodipine(), intent: "proposal").NotTaken("medicine.no_order");
        Request(Amlodipine(""","doNotPerform":true""")).NotTaken("medicine.not_to_give");
    }
}
