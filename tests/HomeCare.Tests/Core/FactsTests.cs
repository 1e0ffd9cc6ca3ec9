using System.Text.Json;
using HomeCare.CareTeams;
using HomeCare.Patients;
using HomeCare.VitalSigns;

namespace HomeCare.Tests.Core;

/// <summary>What many ask for at the same moment is read together: nobody gets what another asked for.</summary>
public sealed class FactsTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    [Fact]
    public async Task asked_together_and_one_by_one_the_facts_are_the_same()
    {
        var (minato, shiba) = (await database.FoundAsync(), await database.FoundAsync());
        var when = Clock.Ago(60);
        foreach (var c in new[] { minato, shiba })
        {
            await c.Must(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, c == minato ? 88 : 92, null, JapanTime.DayOf(Clock.Now), null)));
            await c.Must(c.Nurse, c.Visit("測定", new Vitals(when) { Pulse = c == minato ? 71 : 72, Temperature = 36.5m }));
        }

        var gone = await minato.JoinAsync("退職 花子", Profession.Nurse, "みなと訪問看護", HomeCare.Organisations.OrganisationKind.NursingStation);
        await minato.Must(minato.Admin, new HomeCare.People.DeactivatePerson(gone.PersonId, "退職"));
        Actor[] actors =
        [
            .. new[] { minato, shiba }.SelectMany(c => new[] { c.Nurse, c.OtherNurse, c.Physician, c.Daughter, c.Admin }), gone,
            minato.Nurse with { TenantId = shiba.Tenant }, minato.Nurse with { Profession = Profession.Physician }, minato.Nurse with { OrganisationId = minato.Physician.OrganisationId },
            minato.Daughter with { OrganisationId = minato.Nurse.OrganisationId }, minato.Admin with { PersonId = Guid.CreateVersion7() },
        ];
        Guid?[] patients = [minato.Patient, minato.Stranger, shiba.Patient, Guid.CreateVersion7(), null];
        IReadOnlyList<Reference>[] references =
        [
            [],
            [new(ReferenceKind.TeamMember, minato.Nurse.PersonId), new(ReferenceKind.Person, minato.OtherNurse.PersonId), new(ReferenceKind.Organisation, minato.Nurse.OrganisationId!.Value)],
            [new(ReferenceKind.TeamMember, shiba.Daughter.PersonId), new(ReferenceKind.TeamMember, gone.PersonId), new(ReferenceKind.Organisation, shiba.Physician.OrganisationId!.Value)],
        ];
        (DateTimeOffset, Guid)?[] measured = [null, (when.AddMinutes(1), Guid.CreateVersion7()), (DateTimeOffset.MaxValue, Guid.CreateVersion7())];
        var asks = (from actor in actors from patient in patients from named in references from at in measured select (actor, patient, named, at)).ToList();
        asks.Count.ShouldBeGreaterThan(600);

        var together = await Task.WhenAll(asks.Select(a => database.Access.FactsAsync(a.actor, a.patient, a.named, Clock.Now, a.at)));

        var alone = new List<Facts>();
        foreach (var (actor, patient, named, at) in asks)
        {
            alone.Add(await database.Access.FactsAsync(actor, patient, named, Clock.Now, at));
        }

        together.Select(Words).ShouldBe(alone.Select(Words));
        alone.Select(Words).Distinct().Count().ShouldBeGreaterThan(30);
        Of(minato.Nurse, minato.Patient, 1, 1).Patient!.Nearby.ShouldHaveSingleItem().Pulse.ShouldBe(71);
        Of(shiba.Nurse, shiba.Patient, 0, 1).Patient!.Nearby.ShouldHaveSingleItem().Pulse.ShouldBe(72);
        Of(minato.Nurse, minato.Patient, 1, 0).Known.Team.ShouldBe([minato.Nurse.PersonId]);
        foreach (var (facts, ask) in alone.Zip(asks))
        {
            // Nobody belongs with another's place, and nobody is related across communities.
            facts.Belongs.ShouldBe(actors.Take(10).Contains(ask.actor), ask.ToString());
            (facts.Related && ask.patient == (ask.actor.TenantId == minato.Tenant ? shiba : minato).Patient).ShouldBeFalse();
        }

        Facts Of(Actor by, Guid patient, int named, int at) =>
            together[asks.FindIndex(a => a.actor == by && a.patient == patient && a.named == references[named] && a.at == measured[at])];
    }

    private static string Words(Facts facts) => JsonSerializer.Serialize(
        new { facts.Belongs, facts.Related, facts.Patient, People = facts.Known.People.OrderBy(p => p.Key), Team = facts.Known.Team.Order(), Organisations = facts.Known.Organisations.OrderBy(o => o.Key) },
        Json.Options);
}
