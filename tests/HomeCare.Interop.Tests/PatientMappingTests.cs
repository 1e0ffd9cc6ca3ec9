using HomeCare.Patients;

namespace HomeCare.Interop.Tests;

public sealed class PatientMappingTests
{
    private const string Ide = """{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"IDE"}""";
    private const string Syl = """{"url":"http://hl7.org/fhir/StructureDefinition/iso21090-EN-representation","valueCode":"SYL"}""";

    private static ImportedResource Patient(string parts) => Given.Resource($$"""{"resourceType":"Patient","id":"p"{{parts}}}""");

    private static PatientDetails Details(string parts) => Patient(parts).Command<RegisterPatient>().Details;

    [Fact]
    public void kanji_and_kana_are_told_apart_by_the_representation_extension_whatever_their_order()
    {
        var details = Details($$""","name":[{"extension":[{{Syl}}],"family":"ヤマダ","given":["タロウ"]},{"extension":[{{Ide}}],"family":"山田","given":["太郎"]}]""");

        details.Name.ShouldBe("山田 太郎");
        details.Kana.ShouldBe("ヤマダ タロウ");
    }

    [Fact]
    public void without_the_extension_a_name_all_in_kana_is_the_reading()
    {
        var details = Details(""","name":[{"text":"やまだ　たろう"},{"text":"山田　太郎"}]""");

        (details.Family, details.Given, details.FamilyKana, details.GivenKana).ShouldBe(("山田", "太郎", "やまだ", "たろう"));
    }

    [Fact]
    public void a_maiden_name_does_not_become_the_name_and_is_told_as_not_kept()
    {
        var patient = Patient(""","name":[{"use":"maiden","family":"鈴木","given":["花子"]},{"use":"official","family":"佐藤","given":["花子"]}]""");

        patient.Command<RegisterPatient>().Details.Name.ShouldBe("佐藤 花子");
        patient.NotKept.ShouldContain("name.family");
    }

    [Fact]
    public void a_foreigners_alphabetic_name_is_kept()
    {
        Details(""","name":[{"family":"Nguyen","given":["Thi","Lan"]}]""").Name.ShouldBe("Nguyen Thi Lan");
    }

    [Theory]
    [InlineData("1940")]
    [InlineData("1940-02")]
    public void a_birth_date_known_only_in_part_stays_unknown_with_a_remark(string birthDate)
    {
        var patient = Patient($$""","name":[{"text":"山田 太郎"}],"birthDate":"{{birthDate}}" """);

        patient.Command<RegisterPatient>().Details.BirthDate.ShouldBeNull();
        patient.Remarks("date.partial");
    }

    [Theory]
    [InlineData("S15.2.3")]
    [InlineData("昭和15年2月3日")]
    [InlineData("1940-02-30")]
    [InlineData("40-02-03")]
    public void what_is_no_fhir_date_is_not_guessed(string birthDate)
    {
        var patient = Patient($$""","name":[{"text":"山田 太郎"}],"birthDate":"{{birthDate}}" """);

        patient.Command<RegisterPatient>().Details.BirthDate.ShouldBeNull();
        patient.Remarks("date.not_fhir");
    }

    [Fact]
    public void a_birth_date_is_read_the_same_where_the_machine_counts_years_by_eras()
    {
        var before = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo("ja-JP") { DateTimeFormat = { Calendar = new System.Globalization.JapaneseCalendar() } };

            Details(""","name":[{"text":"山田 太郎"}],"birthDate":"1940-02-03" """).BirthDate.ShouldBe(new DateOnly(1940, 2, 3));
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("female", Sex.Female)]
    [InlineData("male", Sex.Male)]
    [InlineData("other", Sex.Other)]
    [InlineData("unknown", Sex.Unknown)]
    public void gender_is_administrative_sex(string gender, Sex sex) =>
        Details($$""","name":[{"text":"山田 太郎"}],"gender":"{{gender}}" """).Sex.ShouldBe(sex);

    [Fact]
    public void an_address_is_the_text_or_else_composed_without_saying_anything_twice()
    {
        Details(""","name":[{"text":"山田 太郎"}],"address":[{"use":"old","text":"大阪"},{"text":"東京都港区芝1-2-3","city":"港区","postalCode":"105-0014"}]""")
            .ShouldSatisfyAllConditions(d => d.Address.ShouldBe("東京都港区芝1-2-3"), d => d.PostalCode.ShouldBe("105-0014"));
        Details(""","name":[{"text":"山田 太郎"}],"address":[{"state":"東京都","city":"港区","line":["芝1-2-3","芝ハイツ101"],"postalCode":"〒１０５００１４"}]""")
            .ShouldSatisfyAllConditions(d => d.Address.ShouldBe("東京都港区芝1-2-3 芝ハイツ101"), d => d.PostalCode.ShouldBe("1050014"));
        Details(""","name":[{"text":"山田 太郎"}],"address":[{"line":["東京都文京区本郷Ｘ"],"city":"文京区","state":"東京都"}]""").Address.ShouldBe("東京都文京区本郷Ｘ");
    }

    [Fact]
    public void telephones_come_by_rank_and_an_email_address_is_told_as_not_kept()
    {
        var patient = Patient(""","name":[{"text":"山田 太郎"}],"telecom":[{"system":"phone","value":"090-2","rank":2},{"system":"email","value":"a@example.org"},{"system":"phone","value":"03-1","rank":1}]""");

        patient.Command<RegisterPatient>().Details.Telephones.ShouldBe(["03-1", "090-2"]);
        patient.NotKept.ShouldBe(["telecom.system", "telecom.value"]);
    }

    [Fact]
    public void identifiers_and_the_source_are_kept()
    {
        var command = Patient(""","name":[{"text":"山田 太郎"}],"identifier":[{"system":"urn:oid:1.2","value":"00010"},{"value":"x"}]""").Command<RegisterPatient>();

        command.Details.Identifiers.ShouldBe([new SourceIdentifier("urn:oid:1.2", "00010"), new SourceIdentifier("hospital", "x")]);
        command.Source.ShouldBe(new SourceIdentifier("hospital", "Patient/p"));
        command.PatientId.ShouldBe(Ids.Of("minato", "hospital", "Patient", "p"));
    }

    [Fact]
    public void people_to_call_become_contacts_and_one_without_a_telephone_is_remarked()
    {
        var patient = Patient("""
            ,"name":[{"text":"山田 太郎"}],"contact":[
            {"relationship":[{"text":"長女"}],"name":{"family":"山田","given":["恵子"]},"telecom":[{"system":"phone","value":"03-9"}]},
            {"name":{"text":"隣人"}}]
            """);

        patient.Commands.OfType<SetContacts>().ShouldHaveSingleItem().Contacts.ShouldBe([new Contact("山田 恵子", "長女", "03-9")]);
        patient.Remarks("birth_date.unknown", "contact.incomplete");
    }

    [Fact]
    public void what_has_no_place_is_told_by_its_path()
    {
        Patient("""
            ,"name":[{"text":"山田 太郎"}],"maritalStatus":{"text":"既婚"},"extension":[{"url":"http://hl7.org/fhir/StructureDefinition/patient-religion","valueCodeableConcept":{"text":"x"}}]
            """).NotKept.ShouldBe(["extension(patient-religion)", "maritalStatus"]);
    }

    [Fact]
    public void one_without_a_name_or_no_longer_in_use_is_not_taken()
    {
        Patient("").NotTaken("patient.nameless");
        Patient(""","active":false,"name":[{"text":"山田 太郎"}]""").NotTaken("patient.inactive");
    }

    [Fact]
    public void parts_of_the_wrong_kind_do_no_harm()
    {
        var patient = Patient(""","name":[{"text":"山田 太郎"}],"birthDate":19400203,"telecom":"03-1","address":[7],"gender":["male"],"contact":{"name":"x"}""");

        patient.Commands.OfType<RegisterPatient>().ShouldHaveSingleItem();
        patient.NotKept.ShouldBe(["birthDate", "contact.name", "gender", "telecom"], ignoreOrder: true);
    }

    [Fact]
    public void a_resource_with_a_modifier_extension_is_not_taken() =>
        Patient(""","name":[{"text":"山田 太郎"}],"modifierExtension":[{"url":"http://example.org/not-a-patient","valueBoolean":true}]""").NotTaken("resource.modifier_extension");
}
