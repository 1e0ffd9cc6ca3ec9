using HomeCare.CareTeams;
using HomeCare.Conversations;
using HomeCare.Handovers;
using HomeCare.Instructions;
using HomeCare.Medicines;
using HomeCare.NursingOrders;
using HomeCare.Patients;
using HomeCare.Visits;
using HomeCare.VitalSigns;
using HomeCare.Watching;

namespace HomeCare.Tests;

/// <summary>Writes a plausible jumble of commands; refusals are part of life.</summary>
internal static class RandomHistory
{
    public static async Task WriteAsync(Community c, Random random, int commands)
    {
        var visits = new List<Guid>();
        var instructions = new List<Guid>();
        var medicines = new List<Guid>();
        var measurements = new List<Guid>();
        var notes = new List<Guid>();
        var orders = new List<Guid>();
        var conversations = new List<Guid>();
        var handovers = new List<Guid>();
        var wishes = (await c.Patients.SummaryAsync(c.Physician, c.Patient))?.NewestWishes ?? 0;
        for (var i = 0; i < commands; i++)
        {
            var nurse = c.Nurse;
            switch (random.Next(20))
            {
                case 0:
                    visits.Add(New());
                    await c.DoAsync(nurse, new PlanVisit(visits[^1], c.Patient, Clock.Now.AddDays(random.Next(1, 30)), 60, nurse.PersonId));
                    break;
                case 1:
                    await c.DoAsync(nurse, new StartVisit(Any(visits), c.Patient, Clock.Ago(50)));
                    break;
                case 2:
                case 3:
                    if (random.Next(2) == 0)
                    {
                        visits.Add(New());
                    }

                    await c.DoAsync(nurse, c.Visit($"記録 {i}", Vitals(), random.Next(5) == 0) with { VisitId = Any(visits), Photos = random.Next(3) == 0 ? [new(New(), new string('a', 64), 5, "image/png", 4, 4, Clock.Ago(20))] : null });
                    break;
                case 4:
                    await c.DoAsync(nurse, new CorrectVitals(Any(visits), Vitals(), "訂正"));
                    break;
                case 5:
                    await c.DoAsync(nurse, new CorrectVisitNote(Any(visits), new VisitNote($"訂正 {i}"), "訂正", random.Next(4) == 0));
                    break;
                case 6:
                    await c.DoAsync(nurse, new EnterVisitInError(Any(visits), "別の方"));
                    break;
                case 7:
                    instructions.Add(New());
                    await c.DoAsync(c.Physician, c.Instruct($"指示 {i}") with { InstructionId = instructions[^1], DueAt = random.Next(2) == 0 ? Clock.Now.AddHours(1) : null });
                    break;
                case 8:
                    await c.DoAsync(nurse, new MarkInstructionDelivered(Any(instructions), "iPad Safari"));
                    await c.DoAsync(nurse, new MarkInstructionRead(Any(instructions)));
                    await c.DoAsync(nurse, new TakeInstruction(Any(instructions)));
                    break;
                case 9:
                    await c.DoAsync(nurse, new QuestionInstruction(Any(instructions), "?"));
                    await c.DoAsync(c.Physician, new AnswerQuestion(Any(instructions), "はい"));
                    await c.DoAsync(c.Physician, new ChangeInstruction(Any(instructions), $"変更 {i}", "訂正"));
                    await c.DoAsync(Actor.Timer(c.Tenant), new EscalateInstruction(Any(instructions), 0, 1, LedgerStep.Read, Clock.Now, EscalationReason.Overdue, nurse.PersonId));
                    break;
                case 10:
                    await c.DoAsync(nurse, new CompleteInstruction(Any(instructions), "実施", Clock.Ago(1)));
                    await c.DoAsync(c.Physician, new CloseInstruction(Any(instructions), "終了"));
                    break;
                case 11:
                    medicines.Add(New());
                    await c.DoAsync(c.Physician, new RecordMedicine(medicines[^1], c.Patient,
                        new Prescription($"薬{i}", null, null, null, new DateOnly(2026, 11, 1), random.Next(1, 60), null, null, PrescriptionStatus.Active)));
                    break;
                case 12:
                    await c.DoAsync(c.Physician, new StopMedicine(Any(medicines), new DateOnly(2026, 11, 20), "中止"));
                    break;
                case 13:
                    measurements.Add(New());
                    await c.DoAsync(c.Daughter, new RecordVitals(measurements[^1], c.Patient, Vitals()));
                    await c.DoAsync(c.Daughter, new CorrectMeasurement(Any(measurements), Vitals(), "訂正"));
                    break;
                case 14:
                    await c.DoAsync(nurse, new RecordAllergy(c.Patient, Ids.Of($"a{random.Next(3)}"),
                        new Allergy($"薬{random.Next(3)}", null, AllergyKind.Medicine, null, null, (AllergyStatus)random.Next(3))));
                    await c.DoAsync(c.Physician, new SetTargetRange(c.Patient, new TargetRange(VitalSign.SpO2, random.Next(85, 92), null, new DateOnly(2026, 1, 1), null)));
                    break;
                case 15:
                    orders.Add(New());
                    await c.DoAsync(c.Physician, new DraftNursingOrder(orders[^1], c.Patient, NursingOrderKind.Ordinary, new NursingOrderContent(
                        c.Nurse.OrganisationId!.Value, new DateOnly(2026, 11, 1).AddDays(random.Next(90)))
                    {
                        Consent = true, Diagnoses = [new OrderDiagnosis("心不全")], State = $"状態 {i}", EmergencyContact = "診療所",
                    }));
                    await c.DoAsync(c.Physician, new IssueNursingOrder(Any(orders), c.Patient));
                    await c.DoAsync(nurse, new SignNursingOrder(Any(orders), c.Patient, new DateOnly(2026, 11, 20)));
                    if (random.Next(3) == 0)
                    {
                        await c.DoAsync(c.Physician, new WithdrawNursingOrder(Any(orders), c.Patient, "改める"));
                    }

                    break;
                case 16:
                    conversations.Add(New());
                    await c.DoAsync(nurse, new OpenConversation(conversations[^1], c.Patient, $"件名 {i}", "本文", [new Addressee(AddresseeKind.Person, c.Physician.PersonId)], random.Next(2) == 0 ? new AnswerNeeded() : null));
                    await c.DoAsync(c.Physician, new WritePost(Any(conversations), $"返信 {i}", [new Addressee(AddresseeKind.Profession, null, Profession.Nurse)]));
                    await c.DoAsync(nurse, new MarkConversationRead(Any(conversations), random.Next(1, 3)));
                    handovers.Add(New());
                    await c.DoAsync(nurse, new SendHandover(handovers[^1], c.Patient, new Addressee(AddresseeKind.Person, c.Physician.PersonId), new Sbar($"状況 {i}", null, null, "様子を見る")));
                    await c.DoAsync(c.Physician, new AcknowledgeHandover(Any(handovers)));
                    await c.DoAsync(nurse, new WithdrawHandover(Any(handovers), "送り直し"));
                    await c.DoAsync(nurse, new AcknowledgeAlert(c.Patient, AlertCause.Vitals, ["range/SpO2/Below"], $"電話 {i}", Clock.Now.AddHours(1)));
                    await c.DoAsync(nurse, new SnoozeAlert(c.Patient, AlertCause.SoftSigns, ["soft/Weary"], Clock.Now.AddHours(1)));
                    await c.DoAsync(c.Physician, new JudgeAlert(c.Patient, AlertCause.Vitals, Ids.Of($"item{random.Next(3)}"), random.Next(2) == 0));
                    break;
                case 18:
                    notes.Add(New());
                    await c.DoAsync(c.Daughter, new WriteBedsideNote(notes[^1], c.Patient, Clock.Now.AddHours(-random.Next(1, 30)), [(SoftSign)random.Next(12)], random.Next(2) == 0 ? $"様子 {i}" : null));
                    if (random.Next(3) == 0)
                    {
                        await c.DoAsync(c.Daughter, new TakeBackBedsideNote(Any(notes), "間違い"));
                    }

                    break;
                case 17:
                    wishes += random.Next(3) == 0 ? 0 : 1;
                    await c.DoAsync(random.Next(2) == 0 ? nurse : c.Daughter, new RecordWishes(c.Patient, New(), Math.Max(1, wishes), Patients.WishesTests.Wishes with { Words = $"希望 {i}" }));
                    await c.DoAsync(c.Physician, new ConfirmWishes(c.Patient, Math.Max(1, wishes - random.Next(2))));
                    if (random.Next(4) == 0)
                    {
                        await c.DoAsync(c.Physician, new WithdrawWishes(c.Patient, Math.Max(1, wishes), "別の人"));
                    }

                    break;
                default:
                    await c.DoAsync(c.Admin, new JoinCareTeam(c.Patient, OrganisationId: c.OtherNurse.OrganisationId));
                    if (random.Next(2) == 0)
                    {
                        await c.DoAsync(c.Admin, new LeaveCareTeam(c.Patient, c.OtherNurse.OrganisationId!.Value));
                    }

                    break;
            }
        }

        Vitals Vitals() => new(Clock.Ago(random.Next(1, 40_000)))
        {
            Temperature = 35 + (random.Next(40) / 10m), Pulse = random.Next(45, 145), SpO2 = random.Next(82, 100), Weight = 40 + (random.Next(200) / 10m),
            Oxygen = random.Next(2) == 0 ? null : new(random.Next(8) * 0.25m),
        };

        Guid Any(List<Guid> known) => known.Count == 0 ? New() : known[random.Next(known.Count)];

        static Guid New() => Guid.CreateVersion7();
    }
}
