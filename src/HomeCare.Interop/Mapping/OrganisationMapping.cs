using HomeCare.Organisations;

namespace HomeCare.Interop;

/// <summary>Organization → <see cref="RegisterOrganisation"/>.</summary>
internal static class OrganisationMapping
{
    private const string Extensions = "http://jpfhir.jp/fhir/core/Extension/StructureDefinition/";

    public static ImportedResource Map(ResourceReading r)
    {
        var root = r.Root;
        if (root.Flag("active") == false)
        {
            throw new NotTaken("organisation.inactive");
        }

        if (root.Text("name") is not { } name)
        {
            throw new NotTaken("organisation.nameless");
        }

        // Those who pay, govern, teach or research do not care for anybody at home.
        foreach (var type in root.Concepts("type"))
        {
            if (type.HasCode("pay", "ins", "govt", "edu", "reli", "crs", "cg"))
            {
                throw new NotTaken("organisation.gives_no_care", type.Codings[0].Value);
            }
        }

        string? telephone = null;
        foreach (var contact in root.Each("telecom"))
        {
            var peek = Element.Of(contact.Json);
            if (telephone is null && peek.Text("system") is "phone" && peek.Text("value") is { Length: <= 30 } value)
            {
                contact.Pass("system", "value", "use", "rank");
                telephone = value;
            }
        }

        return r.Take(new RegisterOrganisation(r.Here, name, KindOf(root, name), telephone, r.Source));
    }

    /// <summary>By the table of the fee schedule it bills by (点数表番号: 1 medical, 3 dental, 4 dispensing, 6 home-visit nursing), else by its name.</summary>
    private static OrganisationKind KindOf(Element root, string name)
    {
        var table = root.Extension(Extensions + "JP_Organization_InsuranceOrganizationCategory") is { Exists: true } category
            ? category.Get("valueCoding").AsCodeOrNull()?.Value : null;
        bool Says(params ReadOnlySpan<string> words)
        {
            foreach (var word in words)
            {
                if (name.Contains(word, StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }

            return false;
        }

        return table switch
        {
            "4" => OrganisationKind.Pharmacy,
            "6" => OrganisationKind.NursingStation,
            _ when Says("薬局", "pharmacy") => OrganisationKind.Pharmacy,
            _ when Says("訪問看護", "visiting nurs", "home nursing") => OrganisationKind.NursingStation,
            _ when Says("居宅介護支援", "ケアプラン", "地域包括") => OrganisationKind.CareManagementOffice,
            _ when Says("訪問介護", "ヘルパー") => OrganisationKind.HomeHelpOffice,
            _ when Says("病院", "医療センター", "hospital") => OrganisationKind.Hospital,
            _ when Says("クリニック", "診療所", "医院", "clinic") => OrganisationKind.Clinic,
            "1" or "3" => OrganisationKind.Clinic,
            _ => OrganisationKind.Other,
        };
    }

    private static Code? AsCodeOrNull(this Element coding) => coding.Exists ? coding.AsCode() : null;
}
