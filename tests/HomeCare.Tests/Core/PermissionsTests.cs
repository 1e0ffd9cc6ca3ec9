namespace HomeCare.Tests.Core;

/// <summary>The table "Who may do what" of the care rules.</summary>
public sealed class PermissionsTests
{
    [Theory]
    [InlineData(Act.IssueInstruction, Profession.Physician, true)]
    [InlineData(Act.IssueInstruction, Profession.Dentist, true)]
    [InlineData(Act.IssueInstruction, Profession.Nurse, false)]
    [InlineData(Act.IssueInstruction, Profession.Pharmacist, false)]
    [InlineData(Act.IssueInstruction, Profession.Administrator, false)]
    [InlineData(Act.SetTargetRanges, Profession.Physician, true)]
    [InlineData(Act.SetTargetRanges, Profession.Dentist, false)]
    [InlineData(Act.SetTargetRanges, Profession.Nurse, false)]
    [InlineData(Act.CarryOutInstruction, Profession.Nurse, true)]
    [InlineData(Act.CarryOutInstruction, Profession.Helper, true)]
    [InlineData(Act.CarryOutInstruction, Profession.Family, false)]
    [InlineData(Act.RecordVisit, Profession.Helper, true)]
    [InlineData(Act.RecordVisit, Profession.Family, false)]
    [InlineData(Act.RecordVitals, Profession.Family, true)]
    [InlineData(Act.RecordMedicine, Profession.Nurse, false)]
    [InlineData(Act.RecordMedicine, Profession.Pharmacist, true)]
    [InlineData(Act.ManageCommunity, Profession.Administrator, true)]
    [InlineData(Act.ManageCommunity, Profession.Physician, false)]
    public void an_act_is_open_to_those_listed(Act act, Profession profession, bool open) => Permissions.Allows(act, profession).ShouldBe(open);

    [Fact]
    public void an_administrator_has_no_clinical_view_and_no_clinical_act()
    {
        Permissions.SeesRecords(Profession.Administrator).ShouldBeFalse();
        Enum.GetValues<Act>().Where(a => Permissions.Allows(a, Profession.Administrator))
            .ShouldBe([Act.ManageCommunity, Act.RegisterPatient, Act.ManageCareTeam, Act.KeepRota], ignoreOrder: true);
    }

    [Fact]
    public void an_ambulance_does_nothing_and_sees_no_record() =>
        Enum.GetValues<Act>().ShouldAllBe(a => !Permissions.Allows(a, Profession.Ambulance) && !Permissions.SeesRecords(Profession.Ambulance));

    [Fact]
    public void relatives_and_the_person_do_not_read_what_is_for_the_team()
    {
        Permissions.SeesTeamOnly(Profession.Family).ShouldBeFalse();
        Permissions.SeesTeamOnly(Profession.Patient).ShouldBeFalse();
        Permissions.SeesTeamOnly(Profession.Helper).ShouldBeTrue();
    }

    [Fact]
    public void every_act_stands_in_the_table_and_every_command_has_one() =>
        new Commands().All.Select(c => c.Act).Distinct().Order().ShouldBe(Enum.GetValues<Act>().Order());
}
