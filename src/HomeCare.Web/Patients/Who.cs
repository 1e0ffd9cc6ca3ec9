using HomeCare.Patients;
using HomeCare.Web.Words;
using Microsoft.Extensions.Localization;

namespace HomeCare.Web.Patients;

/// <summary>People cared for, in the words of the one who reads.</summary>
public static class Who
{
    /// <summary>「88歳 女性」; the part that is unknown is left out.</summary>
    public static string AgeAndSex(IStringLocalizer<Common> words, DateOnly? birthDate, Sex sex) =>
        string.Join(' ', new[] { birthDate is null ? null : Show.Age(birthDate), sex == Sex.Unknown ? null : words.Of(sex) }.Where(s => !string.IsNullOrEmpty(s)));

    /// <summary>Which word a profession uses: 患者 among physicians and pharmacists, 利用者 in nursing and care, 記録 at home.</summary>
    public static string Word(Profession profession) => profession switch
    {
        Profession.Physician or Profession.Dentist or Profession.Pharmacist => "patient",
        Profession.Family or Profession.Patient => "home",
        _ => "client",
    };
}
