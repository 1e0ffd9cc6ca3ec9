using System.Globalization;
using HomeCare.Instructions;
using HomeCare.Visits;
using HomeCare.VitalSigns;

namespace HomeCare.Web.Demo;

/// <summary>The ordinary course of an illness at home: visits by all professions, readings, notes, instructions.</summary>
/// <param name="story">Whose.</param>
/// <param name="illness">What is cared for.</param>
/// <param name="diary">Who is where.</param>
/// <param name="nursesOn">Weekdays on which a nurse comes.</param>
internal sealed class Course(Case story, Illness illness, Diary diary, DayOfWeek[] nursesOn)
{
    private readonly Days days = story.Days;
    private readonly Team team = story.Team;
    private readonly Dice dice = Dice.Of(Cast.Tenant, story.Key, "course");
    private readonly List<(Actor By, DateTimeOffset Start, DateTimeOffset End, Guid Id)> nurseVisits = [];
    private int drift;
    private int weightDrift;
    private Deck subjective = null!;
    private Deck anySubjective = null!;
    private Deck objective = null!;
    private Deck anyObjective = null!;
    private Deck assessment = null!;
    private Deck plan = null!;

    /// <summary>The days of a fever, so many days ago, from the first on; none: 0.</summary>
    public int FeverAgo { get; init; }

    /// <summary>Days, so many days ago, that are told by hand: no ordinary visits on them.</summary>
    public Func<int, bool> IsScene { get; init; } = _ => false;

    /// <summary>Whose course it is.</summary>
    public Case Story => story;

    /// <summary>The last day on which the physician gives an ordinary instruction.</summary>
    public int LastGuideAgo { get; init; } = 5;

    /// <summary>Tells it.</summary>
    public void Tell()
    {
        subjective = new Deck(dice, illness.Subjective);
        anySubjective = new Deck(dice, Illnesses.AnySubjective);
        objective = new Deck(dice, illness.Objective);
        anyObjective = new Deck(dice, Illnesses.AnyObjective);
        assessment = new Deck(dice, illness.Assessment);
        plan = new Deck(dice, illness.Plan);
        Nurses();
        Physician();
        Colleagues.Pharmacist(story, diary, IsScene);
        Colleagues.CareManager(story, diary, IsScene);
        Colleagues.Helper(story, diary, illness, IsScene);
    }

    private void Nurses()
    {
        var minutes = dice.Pick([40, 45, 50]);
        var wished = dice.Between(0, 6);
        for (var ago = Days.History; ago >= -Days.Ahead; ago--)
        {
            var fever = Fever(ago);
            if (IsScene(ago) || (!nursesOn.Contains(days.Day(ago).DayOfWeek) && fever == 0))
            {
                continue;
            }

            var first = dice.Chance(78) ? 0 : dice.Between(0, team.Nurses.Count - 1);
            var order = team.Nurses.Skip(first).Concat(team.Nurses.Take(first));
            foreach (var nurse in order)
            {
                if (diary.Take(nurse, ago, wished) is { } start)
                {
                    start = start.AddMinutes(dice.Between(0, 2) * 5);
                    NurseVisit(nurse, ago, start, minutes, fever);
                    break;
                }
            }
        }
    }

    private void NurseVisit(Actor nurse, int ago, DateTimeOffset start, int minutes, int fever)
    {
        var id = story.Id("visit", "nurse" + ago.ToString(CultureInfo.InvariantCulture));
        Plan(nurse, ago, start, minutes, id, "定期訪問看護");
        var recordedAfter = dice.Between(3, 25);
        drift = Math.Clamp(drift + dice.Between(-1, 1), -3, 3);
        weightDrift = Math.Clamp(weightDrift + dice.Between(-1, 1), -6, 6);
        var vitals = Signs(start.AddMinutes(6), fever);
        var note = fever > 0 ? Colleagues.FeverNote(dice, fever) : new VisitNote(
            dice.Chance(60) ? subjective.Deal() : anySubjective.Deal(),
            $"{objective.Deal()}{(dice.Chance(65) ? anyObjective.Deal() : "")}",
            assessment.Deal(),
            plan.Deal());
        var next = NextNurseDay(ago);
        var soft = fever > 0 ? [SoftSign.Weary, SoftSign.EatingLess] : dice.Chance(12) ? new[] { dice.Pick(illness.SoftSigns) } : [];
        var checkedMedicines = dice.Chance(80);
        if (!days.HasCome(start.AddMinutes(minutes + recordedAfter)))
        {
            return;
        }

        story.Visit(nurse, start, minutes, v => v with
        {
            Kind = fever == 1 ? VisitKind.Urgent : VisitKind.Regular,
            Insurance = illness.Name is "cancer" ? VisitInsurance.Medical : VisitInsurance.LongTermCare,
            Vitals = vitals, Note = note, SoftSigns = soft, CareGiven = illness.Care, MedicinesChecked = checkedMedicines, NextVisitOn = next,
        }, id, recordedAfter);
        nurseVisits.Add((nurse, start, start.AddMinutes(minutes + recordedAfter), id));
    }

    /// <summary>Plans a visit of these days and the coming ones, a week before.</summary>
    private void Plan(Actor visitor, int ago, DateTimeOffset start, int minutes, Guid id, string purpose)
    {
        if (ago <= 3)
        {
            story.Do(days.At(Math.Max(ago + 7, 1), 17, 35), visitor, new PlanVisit(id, story.PatientId, start, minutes, visitor.PersonId, VisitKind.Regular, purpose));
        }
    }

    private void Physician()
    {
        var every = dice.Pick([12, 13, 14]);
        var offset = dice.Between(0, every - 1);
        var notes = new Deck(dice, illness.Physician);
        var guides = dice.Shuffle(illness.Guides);
        var given = 0;
        for (var ago = Days.History - offset; ago >= -Days.Ahead; ago -= every)
        {
            var day = days.Day(ago).DayOfWeek is DayOfWeek.Sunday ? ago - 1 : ago;
            if (IsScene(day) || diary.Take(team.Physician, day, dice.Between(0, 11)) is not { } start)
            {
                continue;
            }

            var id = story.Id("visit", "physician" + day.ToString(CultureInfo.InvariantCulture));
            Plan(team.Physician, day, start, 20, id, "訪問診療");
            var note = new VisitNote(null, notes.Deal(), null, dice.Pick(["2週後に訪問診療。", "変わりがあれば電話で相談するよう家族に説明。", "次回に採血結果を説明する。", "訪問看護と情報を共有する。"]));
            var vitals = Signs(start.AddMinutes(4), Fever(day));
            if (!days.HasCome(start.AddMinutes(30)))
            {
                continue;
            }

            story.Visit(team.Physician, start, 20, v => v with { Insurance = VisitInsurance.Medical, Vitals = vitals, Note = note, CareGiven = [CareGiven.Observation] }, id, dice.Between(2, 9));
            if (day >= LastGuideAgo && dice.Chance(70))
            {
                Give(guides[given++ % guides.Length], start.AddMinutes(dice.Between(31, 55)), given);
            }
        }

        if (FeverAgo > 0)
        {
            Give(Colleagues.FeverGuide, days.At(FeverAgo, 18, dice.Between(5, 50)), 90, Urgency.Today);
        }
    }

    /// <summary>An instruction of the ordinary course: read, taken, perhaps asked about, carried out, closed.</summary>
    private void Give(Guide guide, DateTimeOffset at, int number, Urgency urgency = Urgency.Routine)
    {
        var (taker, to, visit) = Taker(guide.Kind, at.AddHours(12));
        if (taker is null)
        {
            return;
        }

        var text = dice.Fill(guide.Text);
        var order = story.Issue(
            at, $"course{number.ToString(CultureInfo.InvariantCulture)}", guide.Kind, text, to, urgency,
            JapanTime.StartOf(JapanTime.DayOf(at).AddDays(urgency == Urgency.Routine ? 7 : 1)).AddHours(18), guide.Order);
        var read = at.AddMinutes(dice.Between(6, 50));
        order.Read(read, taker);
        var taken = read.AddMinutes(dice.Between(1, 9));
        if (guide is { Question: { } question, Reply: { } reply } && dice.Chance(55))
        {
            order.Ask(taken, taker, question);
            taken = taken.AddMinutes(dice.Between(12, 70));
            order.Answer(taken, reply);
            taken = taken.AddMinutes(dice.Between(4, 30));
        }

        order.Take(taken, taker);
        var evidence = dice.Fill(guide.Evidence);
        // A nurse carries it out at the next visit, others two days later at their own desk.
        var done = visit is var (_, end)
            ? end.AddMinutes(dice.Between(2, 20))
            : JapanTime.StartOf(JapanTime.DayOf(taken).AddDays(2)).AddMinutes((14 * 60) + dice.Between(0, 150));
        if (!days.HasCome(done))
        {
            return;
        }

        order.Complete(done, taker, evidence, visit?.Id);
        var close = JapanTime.StartOf(JapanTime.DayOf(done).AddDays(1)).AddMinutes((12 * 60) + dice.Between(20, 55));
        if (days.HasCome(close))
        {
            order.Close(close);
        }
    }

    private (Actor? Taker, Addressee To, (Guid Id, DateTimeOffset End)? Visit) Taker(InstructionKind kind, DateTimeOffset after)
    {
        switch (kind)
        {
            case InstructionKind.PharmacistVisit:
                return (team.Pharmacist, To.Person(team.Pharmacist), null);
            case InstructionKind.Coordination when team.CareManager is { } manager:
                return (manager, To.Person(manager), null);
            case InstructionKind.Care when team.Helper is { } helper:
                return (helper, To.Person(helper), null);
        }

        var next = nurseVisits.FirstOrDefault(v => v.Start > after);
        return next.By is null
            ? (null, To.NextVisitor, null)
            : (next.By, next.By.Profession != Profession.Nurse || dice.Chance(40) ? To.Person(next.By) : To.All(Profession.Nurse), (next.Id, next.End));
    }

    private Vitals Signs(DateTimeOffset at, int fever)
    {
        var usual = illness.Base;
        var heat = fever switch { 1 => 19, 2 => 14, 3 => 8, > 3 => 3, _ => 0 };
        var temperature = (dice.Around(usual.Temperature, 4) + heat) / 10m;
        var pulse = dice.Around(usual.Pulse + drift, 6) + heat;
        var respiration = dice.Around(usual.Respiration, 2) + (heat / 4);
        var systolic = dice.Around(usual.Systolic + (drift * 2), 10);
        var diastolic = dice.Around(usual.Diastolic + drift, 6);
        var spO2 = Math.Min(99, dice.Around(usual.SpO2, 1) - (heat / 7));
        var weigh = usual.Weight > 0 && dice.Chance(45);
        var glucose = usual.Glucose > 0 && dice.Chance(80);
        var value = dice.Around(usual.Glucose, 34);
        var pain = usual.Pain >= 0 ? Math.Clamp(dice.Around(usual.Pain, 2), 0, 6) : -1;
        return new Vitals(at)
        {
            Temperature = temperature, TemperatureSite = TemperatureSite.Axilla, Pulse = pulse, PulseRegular = usual.Regular, Respiration = respiration,
            Systolic = systolic, Diastolic = diastolic, Posture = Posture.Sitting, SpO2 = spO2,
            Oxygen = new Oxygen(usual.Oxygen / 4m, usual.Oxygen > 0 ? OxygenDevice.NasalCannula : null, Exertion.AtRest),
            Weight = weigh ? (usual.Weight + weightDrift) / 10m : null,
            Glucose = glucose ? new Glucose(value, null, GlucoseTiming.BeforeMeal) : null,
            Pain = pain >= 0 ? pain : null,
            Consciousness = new Consciousness(Acvpu.Alert, illness.Name is "dementia" ? 1 : 0),
        };
    }

    private int Fever(int ago) => FeverAgo > 0 && ago <= FeverAgo && ago > FeverAgo - 5 ? FeverAgo - ago + 1 : 0;

    private DateOnly NextNurseDay(int ago)
    {
        var next = days.Day(ago).AddDays(1);
        while (!nursesOn.Contains(next.DayOfWeek))
        {
            next = next.AddDays(1);
        }

        return next;
    }
}
