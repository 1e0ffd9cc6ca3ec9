using HomeCare.Organisations;
using HomeCare.People;

namespace HomeCare.Interop.Tests;

/// <summary>Practitioners, their roles, organisations.</summary>
public sealed class PeopleMappingTests
{
    private const string Licence = """ "qualification":[{"identifier":[{"system":"urn:oid:1.2.392.100495.20.3.31","value":"999999-1"}],"code":{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicalLicenseCertificate_CS","code":"medical-registration"}]}}] """;
    private const string Doctor = $$"""{"resourceType":"Practitioner","id":"d","name":[{"text":"大阪 一郎"},{"text":"オオサカ イチロウ"}],{{Licence}}}""";
    private const string Nurse = """{"resourceType":"Practitioner","id":"n","name":[{"text":"愛知 花子"}]}""";

    private static string Role(string practitioner, string code, string more = "", string id = "r") => $$"""
        {"resourceType":"PractitionerRole","id":"{{id}}","practitioner":{"reference":"Practitioner/{{practitioner}}"},"organization":{"reference":"Organization/o"},
        "code":[{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/JP_PractitionerRole_CS","code":"{{code}}"}]}]{{more}}}
        """;

    private static ImportedResource Organisation(string parts) => Given.Resource($$"""{"resourceType":"Organization","id":"o"{{parts}}}""");

    [Fact]
    public void a_licensed_physician_is_registered_with_name_reading_and_licence() =>
        Given.Resource(Doctor).Command<RegisterPerson>().ShouldBe(new RegisterPerson(
            Given.IdOf("Practitioner", "d"), "大阪 一郎", "オオサカ イチロウ", Profession.Physician, "999999-1", new SourceIdentifier("hospital", "Practitioner/d")));

    [Fact]
    public void a_profession_is_also_told_by_a_role() =>
        Given.Files(Nurse, Role("n", "JPR20000")).Single(r => r.Resource.Id == "n").Command<RegisterPerson>().Profession.ShouldBe(Profession.Nurse);

    [Theory]
    [InlineData("JPR10500")]
    [InlineData("JPR20001")]
    [InlineData("JPR50000")]
    public void students_and_clerks_get_no_profession(string code) =>
        Given.Files(Nurse, Role("n", code)).Single(r => r.Resource.Id == "n").NotTaken("practitioner.profession_not_said");

    [Fact]
    public void a_licence_to_prescribe_narcotics_alone_is_no_profession() =>
        Given.Resource("""
            {"resourceType":"Practitioner","id":"d","name":[{"text":"東京 春子"}],
            "qualification":[{"code":{"coding":[{"system":"http://jpfhir.jp/fhir/core/CodeSystem/JP_MedicalLicenseCertificate_CS","code":"narcotics-practitioner"}]}}]}
            """).NotTaken("practitioner.profession_not_said");

    [Fact]
    public void a_role_of_today_is_a_membership() =>
        Given.Files(Nurse, Role("n", "JPR20000")).Single(r => r.Resource.Id == "r").Command<JoinOrganisation>()
            .ShouldBe(new JoinOrganisation(Given.IdOf("Practitioner", "n"), Given.IdOf("Organization", "o"), Profession.Nurse));

    [Theory]
    [InlineData(""","period":{"start":"2012-01-01","end":"2012-03-31"}""")]
    [InlineData(""","period":{"start":"2027-01-01"}""")]
    [InlineData(""","active":false""")]
    public void a_role_of_another_time_is_not(string more) =>
        Given.Files(Nurse, Role("n", "JPR20000", more)).Single(r => r.Resource.Id == "r").NotTaken("role.not_now");

    [Theory]
    [InlineData(""","name":"太郎花子クリニック" """, OrganisationKind.Clinic)]
    [InlineData(""","name":"健康第一病院" """, OrganisationKind.Hospital)]
    [InlineData(""","name":"みなと訪問看護ステーション" """, OrganisationKind.NursingStation)]
    [InlineData(""","name":"芝薬局" """, OrganisationKind.Pharmacy)]
    [InlineData(""","name":"居宅介護支援事業所 港" """, OrganisationKind.CareManagementOffice)]
    [InlineData(""","name":"検査センター" """, OrganisationKind.Other)]
    public void an_organisations_kind_is_told_by_its_name(string parts, OrganisationKind kind) => Organisation(parts).Command<RegisterOrganisation>().Kind.ShouldBe(kind);

    [Theory]
    [InlineData("1", OrganisationKind.Clinic)]
    [InlineData("4", OrganisationKind.Pharmacy)]
    [InlineData("6", OrganisationKind.NursingStation)]
    public void or_by_the_table_it_bills_by(string table, OrganisationKind kind) =>
        Organisation($$$$"""
            ,"name":"ひまわり","extension":[{"url":"http://jpfhir.jp/fhir/core/Extension/StructureDefinition/JP_Organization_InsuranceOrganizationCategory","valueCoding":{"code":"{{{{table}}}}"}}]
            """).Command<RegisterOrganisation>().Kind.ShouldBe(kind);

    [Fact]
    public void a_payer_gives_no_care() =>
        Organisation(""","name":"ひまわり健康保険組合","type":[{"coding":[{"code":"pay"}]}]""").NotTaken("organisation.gives_no_care");

    [Fact]
    public void its_telephone_and_source_are_kept() =>
        Organisation(""","name":"芝薬局","telecom":[{"system":"fax","value":"1"},{"system":"phone","value":"03-1"}]""").Command<RegisterOrganisation>()
            .ShouldBe(new RegisterOrganisation(Given.IdOf("Organization", "o"), "芝薬局", OrganisationKind.Pharmacy, "03-1", new SourceIdentifier("hospital", "Organization/o")));
}
