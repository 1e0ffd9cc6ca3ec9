using HomeCare.CareTeams;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Patients;

/// <summary>Registering a person and keeping what everybody must know.</summary>
public sealed class PatientTests
{
    private static readonly Guid Id = People.Okamoto.PatientId;
    private static readonly PatientDetails Details = new("岡本", "フミ", "オカモト", "フミ", new DateOnly(1938, 3, 4), Sex.Female, "108-0014", "東京都港区芝5丁目");
    private static readonly SourceIdentifier Source = new("fhir", "Patient/1");

    [Fact]
    public void who_registers_begins_the_care_team_with_the_own_organisation()
    {
        var then = Given.Nothing<Patient>().When(new RegisterPatient(Id, Details));
        then.Happens(new PatientRegistered(Id, Details, null));
        var joined = ((Decision.Accepted)then.Decision!).Also.ShouldHaveSingleItem().Events.ShouldHaveSingleItem().ShouldBeOfType<CareTeamJoined>();
        (joined.OrganisationId, joined.PersonId).ShouldBe((People.Station, null));
    }

    [Fact]
    public void an_administrator_and_an_import_begin_an_empty_team()
    {
        foreach (var actor in new[] { People.As(Profession.Administrator), Actor.Importing("test", "fhir") })
        {
            ((Decision.Accepted)Given.Nothing<Patient>().By(actor).When(new RegisterPatient(Id, Details)).Decision!).Also.ShouldBeEmpty();
        }
    }

    [Fact]
    public void the_same_person_again_changes_nothing_and_another_under_the_identifier_is_refused()
    {
        var known = Given.Events<Patient>(new PatientRegistered(Id, Details, null));
        known.When(new RegisterPatient(Id, Details)).IsAlreadySo();
        known.When(new RegisterPatient(Id, Details with { Given = "フミ子" })).IsRefused("patient.already_registered");
    }

    [Fact]
    public void the_source_corrects_its_own_person_and_never_becomes_another()
    {
        var known = Given.Events<Patient>(new PatientRegistered(Id, Details, Source)).By(Actor.Importing("test", "fhir"));
        known.When(new RegisterPatient(Id, Details with { Family = "岡元" }, Source)).Accepted<PatientDetailsCorrected>();
        known.When(new RegisterPatient(Id, Details with { BirthDate = new DateOnly(1970, 1, 1) }, Source)).IsRefused("patient.other_person_same_source");
        known.When(new RegisterPatient(Id, Details with { Sex = Sex.Male }, Source)).IsRefused("patient.other_person_same_source");
    }

    [Theory]
    [InlineData("オカモト", true)]
    [InlineData("おかもと", true)]
    [InlineData("ｵｶﾓﾄ", true)]
    [InlineData("ヴァージニア・リー", true)]
    [InlineData("岡本", false)]
    public void a_reading_is_in_kana(string kana, bool taken)
    {
        var then = Given.Nothing<Patient>().When(new RegisterPatient(Id, Details with { FamilyKana = kana }));
        if (taken)
        {
            then.Accepted<PatientRegistered>();
        }
        else
        {
            then.IsInvalid("details.familyKana", "patient.kana_only");
        }
    }

    [Fact]
    public void nobody_is_born_tomorrow_or_in_1799()
    {
        Given.Nothing<Patient>().When(new RegisterPatient(Id, Details with { BirthDate = new DateOnly(2026, 11, 23) })).IsInvalid("details.birthDate", "time.in_future");
        Given.Nothing<Patient>().When(new RegisterPatient(Id, Details with { BirthDate = new DateOnly(1799, 1, 1) })).IsInvalid("details.birthDate", "time.too_early");
    }

    [Fact]
    public void an_allergy_is_recorded_changed_and_not_doubled()
    {
        var allergy = new Allergy("ペニシリン系", null, AllergyKind.Medicine, AllergySeverity.Severe, "発疹", AllergyStatus.Active);
        var recorded = new AllergyRecorded(Id, Ids.Of("allergy"), allergy, null);
        var registered = new PatientRegistered(Id, Details, null);
        Given.Events<Patient>(registered).When(new RecordAllergy(Id, recorded.AllergyId, allergy)).Happens(recorded);
        Given.Events<Patient>(registered, recorded).When(new RecordAllergy(Id, recorded.AllergyId, allergy)).IsAlreadySo();
        Given.Events<Patient>(registered, recorded).When(new RecordAllergy(Id, recorded.AllergyId, allergy with { Status = AllergyStatus.Resolved })).Accepted<AllergyRecorded>();
        Given.Events<Patient>(registered).When(new RecordAllergy(Id, recorded.AllergyId, allergy with { Substance = "" })).IsInvalid("allergy.substance", "field.required");
    }

    [Fact]
    public void a_range_has_a_bound_in_order_and_possible()
    {
        var registered = Given.Events<Patient>(new PatientRegistered(Id, Details, null)).By(People.Physician);
        var range = new TargetRange(VitalSign.SpO2, 88, 92, new DateOnly(2026, 11, 1), null);
        registered.When(new SetTargetRange(Id, range)).Happens(new TargetRangeSet(Id, range, null));
        registered.When(new SetTargetRange(Id, range with { Low = null, High = null })).IsInvalid("range", "range.needs_a_bound");
        registered.When(new SetTargetRange(Id, range with { Low = 93 })).IsInvalid("range", "range.low_above_high");
        registered.When(new SetTargetRange(Id, range with { High = 101 })).IsInvalid("range", "range.impossible");
        registered.When(new SetTargetRange(Id, range with { Until = new DateOnly(2026, 10, 1) })).IsInvalid("range", "time.ends_before_start");
    }

    [Theory]
    [InlineData("山田　太郎", "ヤマダ タロウ", "やまだ", true)]
    [InlineData("山田　太郎", "ヤマダ タロウ", "ﾔﾏﾀﾞﾀ", true)]
    [InlineData("山田　太郎", "ヤマダ タロウ", "山田太", true)]
    [InlineData("山田　太郎", "ヤマダ タロウ", "山 田", true)]
    [InlineData("Smith John", null, "ｓｍｉｔｈ", true)]
    [InlineData("山田　太郎", "ヤマダ タロウ", "ハマダ", false)]
    [InlineData("山田　太郎", "ヤマダ タロウ", "%", false)]
    public void a_search_does_not_mind_width_kana_kind_case_or_spaces(string name, string? kana, string query, bool found)
    {
        var needle = SearchText.Pattern(query)[1..^1].Replace("\\", "", StringComparison.Ordinal);
        SearchText.Of(name, kana).Contains(needle, StringComparison.Ordinal).ShouldBe(found);
    }

    [Theory]
    [InlineData("2026-11-21", 15)]
    [InlineData("2026-11-22", 16)]
    public void a_year_is_complete_on_the_birthday(string day, int age) =>
        Age.On(new DateOnly(2010, 11, 22), DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(age);

    [Fact]
    public void staff_without_a_relation_overwrite_nobody_by_registering_again_as_the_source()
    {
        var known = Given.Events<Patient>(new PatientRegistered(Id, Details, Source));
        known.When(new RegisterPatient(Id, Details with { Family = "別人", BirthDate = null, Sex = Sex.Unknown }, Source)).IsRefused("patient.already_registered");
    }

    [Fact]
    public void a_list_holds_no_nothing_and_a_code_has_a_longest()
    {
        var registered = Given.Events<Patient>(new PatientRegistered(Id, Details, null));
        registered.When(new SetContacts(Id, [null!])).IsInvalid("contacts[0]", "field.required");
        Given.Nothing<Patient>().When(new RegisterPatient(Id, Details with { Identifiers = [null!] })).IsInvalid("details.identifiers[0]", "field.required");
        var condition = new Condition("心不全", [new Code("icd", "I50", new string('x', 1001))], ConditionStatus.Active);
        registered.When(new RecordCondition(Id, Ids.Of("c"), condition)).IsInvalid("condition.codes[0].display", "field.too_long");
        registered.When(new RecordCondition(Id, Ids.Of("c"), condition with { Codes = [null!] })).IsInvalid("condition.codes[0]", "field.required");
    }
}
