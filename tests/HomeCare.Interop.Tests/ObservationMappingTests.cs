using HomeCare.VitalSigns;

namespace HomeCare.Interop.Tests;

public sealed class ObservationMappingTests
{
    private const string At = "2026-11-20T10:00:00+09:00";
    private const string Vital = """ "category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}] """;

    private static string Json(string code, string value, string? more = null, string id = "o", string status = "final", string at = At) => $$"""
        {"resourceType":"Observation","id":"{{id}}","status":"{{status}}",{{Vital}},"code":{"coding":[{{code}}]},"subject":{"reference":"Patient/taro"},
        "effectiveDateTime":"{{at}}",{{value}}{{more}}}
        """;

    private static string Loinc(string code) => $$"""{"system":"http://loinc.org","code":"{{code}}"}""";

    private static string Quantity(string value, string unit) => $$""" "valueQuantity":{"value":{{value}},"unit":"{{unit}}"} """;

    private static ImportedResource Observation(string code, string value, string? more = null, string status = "final", string at = At) =>
        Given.Resource(Json(code, value, more, status: status, at: at), Given.Taro);

    private static Vitals Vitals(ImportedResource resource) => resource.Command<RecordVitals>().Vitals;

    [Fact]
    public void a_vital_sign_is_recorded_for_its_patient_at_its_time()
    {
        var command = Observation(Loinc("8867-4"), Quantity("72", "/min")).Command<RecordVitals>();

        command.PatientId.ShouldBe(Given.IdOf("Patient", "taro"));
        command.Vitals.ShouldBe(new Vitals(DateTimeOffset.Parse(At, System.Globalization.CultureInfo.InvariantCulture)) { Pulse = 72 });
        command.Source.ShouldBe(new SourceIdentifier("hospital", "Observation/o"));
    }

    [Theory]
    [InlineData("urn:oid:1.2.392.200119.4.804", "31001369", "18", "回", VitalSign.Respiration)]
    [InlineData("http://medis.or.jp/CodeSystem/master-nursingObservationKeyCode", "31001368", "36.5", "℃", VitalSign.Temperature)]
    [InlineData("http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationVitalSignsCode_CS", "31000001", "97", "％", VitalSign.SpO2)]
    [InlineData("http://jpfhir.jp/fhir/core/CodeSystem/JP_ObservationBodyMeasurementCode_CS", "31000296", "63.5", "kg", VitalSign.Weight)]
    [InlineData("urn:oid:1.2.392.200119.4.504", "9N001000000000001", "160.2", "cm", VitalSign.Height)]
    [InlineData("http://snomed.info/sct", "78564009", "80", "回/分", VitalSign.Pulse)]
    [InlineData("http://loinc.org", "41653-7", "110", "mg/dL", VitalSign.Glucose)]
    public void every_code_system_is_read_though_a_local_code_stands_first(string system, string code, string value, string unit, VitalSign sign)
    {
        var vitals = Vitals(Observation($$"""{"system":"http://abc.local","code":"x-1"},{"system":"{{system}}","code":"{{code}}"}""", Quantity(value, unit)));

        vitals.Numbers().ShouldBe([(sign, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture))]);
    }

    [Fact]
    public void a_blood_pressure_is_read_from_its_components_with_posture_and_side()
    {
        var vitals = Vitals(Observation("""{"system":"urn:oid:1.2.392.200119.4.804","code":"31006467"}""", $$$$"""
            "bodySite":{"text":"左上腕"},"component":[
              {"code":{"coding":[{{{{Loinc("8462-4")}}}}]},"valueQuantity":{"value":78,"unit":"mmHg"}},
              {"code":{"coding":[{{{{Loinc("8480-6")}}}}]},"valueQuantity":{"value":128,"code":"mm[Hg]","system":"http://unitsofmeasure.org"}}]
            """));

        (vitals.Systolic, vitals.Diastolic, vitals.Posture, vitals.Side).ShouldBe((128, 78, Posture.Sitting, Side.Left));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void two_observations_of_one_moment_make_one_blood_pressure_whatever_their_order(int first)
    {
        string[] two = [Json(Loinc("8480-6"), Quantity("128", "mmHg"), id: "high"), Json(Loinc("8462-4"), Quantity("78", "mmHg"), id: "low")];
        var found = Given.Files(Given.Taro, two[first], two[1 - first]);

        var vitals = Vitals(found.Single(r => r.Resource.Id == "high"));
        (vitals.Systolic, vitals.Diastolic).ShouldBe((128, 78));
        found.Single(r => r.Resource.Id == "low").ShouldSatisfyAllConditions(r => r.WithAnother.ShouldBeTrue(), r => r.Commands.ShouldBeEmpty());
    }

    [Fact]
    public void a_diastolic_pressure_of_another_moment_finds_no_partner()
    {
        var found = Given.Files(Given.Taro, Json(Loinc("8480-6"), Quantity("128", "mmHg"), id: "high"),
            Json(Loinc("8462-4"), Quantity("78", "mmHg"), id: "low", at: "2026-11-20T10:01:00+09:00"));

        Vitals(found.Single(r => r.Resource.Id == "high")).Diastolic.ShouldBeNull();
        found.Single(r => r.Resource.Id == "low").NotTaken("observation.diastolic_alone");
    }

    [Fact]
    public void oxygen_saturation_brings_its_oxygen_flow_along()
    {
        var vitals = Vitals(Observation(Loinc("59408-5"), $$$$"""
            {{{{Quantity("93", "%")}}}},"component":[{"code":{"coding":[{{{{Loinc("3151-8")}}}}]},"valueQuantity":{"value":2,"unit":"L/min"}}]
            """));

        (vitals.SpO2, vitals.Oxygen).ShouldBe((93, new Oxygen(2)));
    }

    [Theory]
    [InlineData("8310-5", "98.6", "degF", "37", false)]
    [InlineData("8310-5", "98.7", "[degF]", "37.1", true)]
    [InlineData("29463-7", "140", "lb", "63.5", true)]
    [InlineData("29463-7", "63500", "g", "63.5", false)]
    [InlineData("8302-2", "1.602", "m", "160.2", false)]
    [InlineData("8302-2", "63", "in", "160", true)]
    public void units_with_a_defined_factor_are_converted_with_a_remark(string code, string value, string unit, string expected, bool rounded)
    {
        var resource = Observation(Loinc(code), Quantity(value, unit));

        Vitals(resource).Numbers().Single().Value.ShouldBe(decimal.Parse(expected, System.Globalization.CultureInfo.InvariantCulture));
        resource.Remarks(rounded ? ["value.converted", "value.rounded"] : ["value.converted"]);
    }

    [Fact]
    public void a_value_finer_than_is_recorded_is_rounded_with_a_remark()
    {
        var resource = Observation(Loinc("8310-5"), Quantity("36.66", "Cel"));

        Vitals(resource).Temperature.ShouldBe(36.7m);
        resource.Remarks("value.rounded");
    }

    [Theory]
    [InlineData("8480-6", "16.5", "kPa")]
    [InlineData("2339-0", "6.1", "mmol/L")]
    [InlineData("29463-7", "63", "")]
    [InlineData("8310-5", "36.5", "kg")]
    public void a_unit_without_a_defined_factor_is_not_taken(string code, string value, string unit) =>
        Observation(Loinc(code), Quantity(value, unit)).NotTaken("observation.unit");

    [Theory]
    [InlineData("9279-1", "400", "回", "0", "120")]
    [InlineData("8310-5", "365", "℃", "25", "45")]
    [InlineData("59408-5", "101", "%", "30", "100")]
    [InlineData("29463-7", "99999999999999999999999999", "kg", "0.3", "300")]
    public void an_impossible_value_is_listed_with_the_limit_and_not_taken(string code, string value, string unit, string low, string high)
    {
        var finding = Observation(Loinc(code), Quantity(value, unit)).NotTaken("observation.impossible");

        finding.Arguments.Skip(1).Take(2).Select(a => a.ToString()).ShouldBe([low, high]);
        finding.Detail.ShouldBe(value);
    }

    [Fact]
    public void an_unusual_value_is_taken_as_its_source_let_it_stand()
    {
        var vitals = Vitals(Observation(Loinc("8867-4"), Quantity("180", "/min")));

        vitals.Confirmed.ShouldBe([VitalSign.Pulse]);
        new VitalsRules().Validate(vitals).IsValid.ShouldBeTrue();
    }

    [Theory]
    [InlineData("preliminary")]
    [InlineData("cancelled")]
    [InlineData("unknown")]
    public void what_is_not_final_is_not_taken(string status) =>
        Observation(Loinc("8867-4"), Quantity("72", "/min"), status: status).NotTaken("status.not_taken").Arguments.ShouldBe([status]);

    [Fact]
    public void what_its_source_takes_back_is_struck_out_if_it_was_imported_before()
    {
        var resource = Observation(Loinc("8867-4"), Quantity("72", "/min"), status: "entered-in-error");

        resource.Command<EnterVitalsInError>().MeasurementId.ShouldBe(Given.IdOf("Observation", "o"));
        resource.OnlyIfKnown.ShouldBeTrue();
    }

    [Theory]
    [InlineData("2026-11-20", "time.day_only")]
    [InlineData("2026-11", "time.day_only")]
    [InlineData("20.11.2026", "time.not_fhir")]
    [InlineData("2026-11-22T09:06:00+09:00", "time.in_future")]
    [InlineData("1949-01-01T00:00:00Z", "time.too_early")]
    public void a_time_that_is_not_told_is_not_invented(string at, string key) =>
        Observation(Loinc("8867-4"), Quantity("72", "/min"), at: at).NotTaken(key);

    [Fact]
    public void a_clock_time_without_a_zone_is_japans_with_a_remark()
    {
        var resource = Observation(Loinc("8867-4"), Quantity("72", "/min"), at: "2026-11-20T10:00:00");

        Vitals(resource).MeasuredAt.ShouldBe(new DateTimeOffset(2026, 11, 20, 10, 0, 0, TimeSpan.FromHours(9)));
        resource.Remarks("time.zone_assumed");
    }

    [Fact]
    public void a_declined_measurement_is_kept_as_declined()
    {
        var vitals = Vitals(Observation(Loinc("29463-7"), """ "dataAbsentReason":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/data-absent-reason","code":"asked-declined"}]} """));

        vitals.NotMeasured.ShouldBe([new NotMeasured(VitalSign.Weight, NotMeasuredWhy.Declined)]);
    }

    [Fact]
    public void an_unknown_absence_is_no_measurement() =>
        Observation(Loinc("29463-7"), """ "dataAbsentReason":{"coding":[{"code":"unknown"}]} """).NotTaken("observation.no_value");

    [Fact]
    public void a_number_that_is_only_a_bound_is_no_number() =>
        Observation(Loinc("2339-0"), """ "valueQuantity":{"value":600,"unit":"mg/dL","comparator":">"} """).NotTaken("observation.comparator");

    [Fact]
    public void codes_that_contradict_each_other_are_not_taken() =>
        Observation($"{Loinc("8867-4")},{Loinc("9279-1")}", Quantity("72", "/min")).NotTaken("observation.codes_contradict");

    [Fact]
    public void another_category_is_listed_with_its_name()
    {
        Given.Resource("""
            {"resourceType":"Observation","id":"o","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2339-0"}]},
            "subject":{"reference":"Patient/taro"},"effectiveDateTime":"2026-11-20T10:00:00Z","valueQuantity":{"value":100,"unit":"mg/dL"}}
            """, Given.Taro).NotTaken("observation.category").Arguments.ShouldBe(["laboratory"]);
    }

    [Fact]
    public void a_second_category_counts_as_much_as_the_first() =>
        Vitals(Given.Resource("""
            {"resourceType":"Observation","id":"o","status":"final","category":[{"coding":[{"code":"laboratory"}]},{"coding":[{"code":"vital-signs"}]}],
            "code":{"coding":[{"system":"http://loinc.org","code":"2339-0"}]},"subject":{"reference":"Patient/taro"},"effectiveDateTime":"2026-11-20T10:00:00Z",
            "valueQuantity":{"value":100,"unit":"mg/dL"}}
            """, Given.Taro)).Glucose.ShouldBe(new Glucose(100));

    [Fact]
    public void an_unknown_code_of_a_vital_sign_is_listed_with_the_code() =>
        Observation(Loinc("39156-5"), Quantity("22", "kg/m2")).NotTaken("observation.code_unknown").Arguments.ShouldBe(["http://loinc.org|39156-5"]);

    [Fact]
    public void a_person_who_measured_for_themselves_is_named_as_such() =>
        Observation(Loinc("8867-4"), Quantity("72", "/min"), ""","performer":[{"reference":"Patient/taro"}]""").Command<RecordVitals>().MeasuredBy.ShouldBe("本人");

    [Fact]
    public void pressures_the_wrong_way_round_are_not_taken() =>
        Observation(Loinc("85354-9"), $$$$"""
            "component":[{"code":{"coding":[{{{{Loinc("8480-6")}}}}]},"valueQuantity":{"value":70,"unit":"mmHg"}},{"code":{"coding":[{{{{Loinc("8462-4")}}}}]},"valueQuantity":{"value":120,"unit":"mmHg"}}]
            """).NotTaken("vitals.systolic_not_above_diastolic");

    [Fact]
    public void who_measured_is_named_and_an_unknown_component_is_told_as_not_kept()
    {
        var resource = Given.Resource(
            Json(Loinc("8867-4"), Quantity("72", "/min"), ""","performer":[{"reference":"Practitioner/n"}],"note":[{"text":"不整あり"}],"component":[{"code":{"text":"x"},"valueString":"y"}]"""),
            Given.Taro, """{"resourceType":"Practitioner","id":"n","name":[{"text":"愛知 花子"}]}""");

        resource.Command<RecordVitals>().ShouldSatisfyAllConditions(c => c.MeasuredBy.ShouldBe("愛知 花子"), c => c.Comment.ShouldBe("不整あり"));
        resource.NotKept.ShouldBe(["component.code", "component.valueString"]);
    }
}
