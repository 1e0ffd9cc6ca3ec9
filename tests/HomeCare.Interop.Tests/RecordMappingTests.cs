using HomeCare.Encounters;
using HomeCare.Patients;

namespace HomeCare.Interop.Tests;

/// <summary>Conditions, allergies and encounters.</summary>
public sealed class RecordMappingTests
{
    private static ImportedResource Condition(string parts) =>
        Given.Resource($$"""{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/taro"}{{parts}}}""", Given.Taro);

    private static ImportedResource Allergy(string parts) =>
        Given.Resource($$"""{"resourceType":"AllergyIntolerance","id":"a","patient":{"reference":"Patient/taro"}{{parts}}}""", Given.Taro);

    private static ImportedResource Encounter(string parts) =>
        Given.Resource($$"""{"resourceType":"Encounter","id":"e","subject":{"reference":"Patient/taro"}{{parts}}}""", Given.Taro);

    [Fact]
    public void a_condition_keeps_its_words_every_code_and_its_onset()
    {
        var command = Condition("""
            ,"code":{"text":"慢性心不全","coding":[{"system":"urn:oid:1.2.392.200119.4.101.6","code":"20053412"},{"system":"http://hl7.org/fhir/sid/icd-10","code":"I509","display":"心不全"}]},
            "clinicalStatus":{"coding":[{"code":"active"}]},"onsetDateTime":"2020-05-01"
            """).Command<RecordCondition>();

        command.Condition.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("慢性心不全"),
            c => c.Codes!.Select(x => x.Value).ShouldBe(["20053412", "I509"]),
            c => c.Status.ShouldBe(ConditionStatus.Active),
            c => c.OnsetOn.ShouldBe(new DateOnly(2020, 5, 1)));
        command.PatientId.ShouldBe(Given.IdOf("Patient", "taro"));
    }

    [Theory]
    [InlineData("active", ConditionStatus.Active)]
    [InlineData("relapse", ConditionStatus.Active)]
    [InlineData("remission", ConditionStatus.Resolved)]
    [InlineData("resolved", ConditionStatus.Resolved)]
    [InlineData("inactive", ConditionStatus.Resolved)]
    public void its_clinical_status_says_whether_it_lasts(string written, ConditionStatus status) =>
        Condition($$""","code":{"text":"肺炎"},"clinicalStatus":{"coding":[{"code":"{{written}}"}]}""").Command<RecordCondition>().Condition.Status.ShouldBe(status);

    [Fact]
    public void a_suspected_condition_says_so_in_its_name() =>
        Condition(""","code":{"text":"肺癌"},"verificationStatus":{"coding":[{"code":"provisional"}]}""").Command<RecordCondition>().Condition.Name.ShouldBe("肺癌（疑い）");

    [Fact]
    public void a_refuted_condition_is_not_taken_and_one_in_error_only_if_known()
    {
        Condition(""","code":{"text":"肺癌"},"verificationStatus":{"coding":[{"code":"refuted"}]}""").NotTaken("condition.refuted");
        var inError = Condition(""","code":{"text":"肺癌"},"verificationStatus":{"coding":[{"code":"entered-in-error"}]}""");
        inError.OnlyIfKnown.ShouldBeTrue();
        inError.Command<RecordCondition>().Condition.Status.ShouldBe(ConditionStatus.EnteredInError);
    }

    [Fact]
    public void severity_site_age_of_onset_and_evidence_are_kept_in_words()
    {
        Condition("""
            ,"code":{"text":"褥瘡"},"severity":{"text":"中度"},"bodySite":[{"text":"仙骨部"}],"onsetAge":{"value":82,"code":"a","unit":"years"},"evidence":[{"code":[{"text":"発赤"}]}],"note":[{"text":"毎日観察"}]
            """).Command<RecordCondition>().Condition.Note.ShouldBe("重症度：中度\n部位：仙骨部\n発症：82歳\n根拠：発赤\n毎日観察");
    }

    [Fact]
    public void an_onset_known_only_to_the_year_stays_unknown_with_a_remark()
    {
        var resource = Condition(""","code":{"text":"糖尿病"},"onsetDateTime":"1998" """);

        resource.Command<RecordCondition>().Condition.OnsetOn.ShouldBeNull();
        resource.Remarks("date.partial");
    }

    [Fact]
    public void an_allergy_keeps_substance_kind_gravest_severity_and_reaction()
    {
        Allergy("""
            ,"code":{"text":"ペニシリン"},"category":["medication"],"criticality":"high","onsetDateTime":"2019-01-02",
            "reaction":[{"manifestation":[{"text":"発疹"}],"severity":"mild"},{"manifestation":[{"text":"呼吸困難"}],"severity":"severe"}]
            """).Command<RecordAllergy>().Allergy
            .ShouldBe(new Allergy("ペニシリン", null, AllergyKind.Medicine, AllergySeverity.Severe, "発疹、呼吸困難、重篤化のおそれ：高", AllergyStatus.Active, new DateOnly(2019, 1, 2)));
    }

    [Fact]
    public void high_criticality_alone_is_no_severity() =>
        Allergy(""","code":{"text":"そば"},"category":["food"],"criticality":"high" """).Command<RecordAllergy>().Allergy.Severity.ShouldBeNull();

    [Theory]
    [InlineData("""{"system":"http://snomed.info/sct","code":"716186003"}""")]
    [InlineData("""{"system":"http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips","code":"no-known-allergies"}""")]
    public void no_known_allergy_is_not_recorded_as_an_allergy(string coding) =>
        Allergy($$""","code":{"coding":[{{coding}}],"text":"アレルギーなし"}""").NotTaken("allergy.none_known");

    [Theory]
    [InlineData("clinicalStatus", "resolved", AllergyStatus.Resolved)]
    [InlineData("verificationStatus", "refuted", AllergyStatus.Resolved)]
    [InlineData("verificationStatus", "confirmed", AllergyStatus.Active)]
    public void an_allergy_holds_or_not(string element, string code, AllergyStatus status) =>
        Allergy($$""","code":{"text":"そば"},"{{element}}":{"coding":[{"code":"{{code}}"}]}""").Command<RecordAllergy>().Allergy.Status.ShouldBe(status);

    [Fact]
    public void an_encounter_keeps_kind_time_place_and_people()
    {
        Given.Resource("""
            {"resourceType":"Encounter","id":"e","subject":{"reference":"Patient/taro"},"status":"finished","class":{"code":"IMP"},"period":{"start":"2026-10-01T09:00:00+09:00","end":"2026-10-20T10:00:00+09:00"},
            "participant":[{"individual":{"reference":"Practitioner/d"}},{"individual":{"display":"看護師 花子"}}],"serviceProvider":{"reference":"#o"},
            "contained":[{"resourceType":"Organization","id":"o","name":"港病院"}],"reasonCode":[{"text":"肺炎"}]}
            """, Given.Taro, """{"resourceType":"Practitioner","id":"d","name":[{"text":"佐藤 健一"}]}""")
            .Command<RecordEncounter>().Encounter.ShouldSatisfyAllConditions(
                e => e.Kind.ShouldBe(EncounterKind.Inpatient),
                e => e.EndedAt.ShouldBe(new DateTimeOffset(2026, 10, 20, 10, 0, 0, TimeSpan.FromHours(9))),
                e => e.Organisation.ShouldBe("港病院"),
                e => e.Participants.ShouldBe(["佐藤 健一", "看護師 花子"]),
                e => e.Reason.ShouldBe("肺炎"));
    }

    [Theory]
    [InlineData("AMB", EncounterKind.Ambulatory)]
    [InlineData("EMER", EncounterKind.Emergency)]
    [InlineData("HH", EncounterKind.Home)]
    [InlineData("VR", EncounterKind.Virtual)]
    [InlineData("PRENC", EncounterKind.Other)]
    public void its_class_is_its_kind(string code, EncounterKind kind) =>
        Encounter($$""","status":"finished","class":{"code":"{{code}}"},"period":{"start":"2026-10-01T09:00:00+09:00"}""").Command<RecordEncounter>().Encounter.Kind.ShouldBe(kind);

    [Theory]
    [InlineData("planned")]
    [InlineData("cancelled")]
    [InlineData("entered-in-error")]
    public void an_encounter_that_did_not_take_place_is_not_taken(string status) =>
        Encounter($$""","status":"{{status}}","class":{"code":"AMB"},"period":{"start":"2026-10-01T09:00:00+09:00"}""").NotTaken("status.not_taken");

    [Fact]
    public void an_encounter_without_a_clock_time_is_not_taken() =>
        Encounter(""","status":"finished","class":{"code":"AMB"},"period":{"start":"2026-10-01"}""").NotTaken("time.day_only");
}
