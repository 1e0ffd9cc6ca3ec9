using FsCheck;
using FsCheck.Fluent;
using HomeCare.CareTeams;
using HomeCare.Cover;
using HomeCare.Instructions;
using HomeCare.Organisations;

namespace HomeCare.Tests.Instructions;

/// <summary>Over generated lives, with people joining and leaving, clocks moving and nodes dying: every instruction is at every moment owned by a
/// named person who is there, or visibly nobody's; nobody is asked twice for the same; and it ends closed with an outcome.</summary>
public sealed class LedgerModelTests(CareDatabase database) : IClassFixture<CareDatabase>
{
    private static readonly DateTimeOffset Begin = new(2026, 11, 25, 12, 0, 0, TimeSpan.FromHours(9));

    /// <summary>How many lives; more with HOMECARE_LIVES.</summary>
    private static int Lives => int.TryParse(Environment.GetEnvironmentVariable("HOMECARE_LIVES"), System.Globalization.CultureInfo.InvariantCulture, out var lives) ? lives : 12;

    private enum Kind
    {
        Issue,
        Read,
        Take,
        Question,
        Answer,
        Complete,
        Decline,
        Close,
        Join,
        Leave,
        SetRota,
        ClockMoves,
        NodesGoRound,
        NodeDies,
        Countersign,
        Change,
        Verbal,
        Confirm,
        Reject,
        Ask,
        Reply,
    }

    private sealed record Step(Kind Kind, int Who, int Which, int Number)
    {
        public override string ToString() => $"{Kind}({Who},{Which},{Number})";
    }

    [Fact]
    public async Task every_instruction_is_somebodys_or_visibly_nobodys_and_ends_closed()
    {
        var kinds = Gen.Frequency(
            (4, Gen.Constant(Kind.Issue)), (2, Gen.Constant(Kind.Read)), (4, Gen.Constant(Kind.Take)), (2, Gen.Constant(Kind.Question)), (2, Gen.Constant(Kind.Answer)),
            (2, Gen.Constant(Kind.Complete)), (1, Gen.Constant(Kind.Decline)), (1, Gen.Constant(Kind.Close)), (2, Gen.Constant(Kind.Join)), (2, Gen.Constant(Kind.Leave)),
            (1, Gen.Constant(Kind.SetRota)), (5, Gen.Constant(Kind.ClockMoves)), (4, Gen.Constant(Kind.NodesGoRound)), (2, Gen.Constant(Kind.NodeDies)), (3, Gen.Constant(Kind.Countersign)),
            (2, Gen.Constant(Kind.Change)), (2, Gen.Constant(Kind.Verbal)), (1, Gen.Constant(Kind.Confirm)), (1, Gen.Constant(Kind.Reject)), (2, Gen.Constant(Kind.Ask)), (2, Gen.Constant(Kind.Reply)));
        var steps = kinds.SelectMany(_ => Gen.Choose(0, 1_000_000), (kind, n) => new Step(kind, n % 5, n / 5 % 4, n / 20));
        var lives = Gen.NonEmptyListOf(steps).Resize(30);
        await Task.Run(() => Prop.ForAll(lives.ToArbitrary(), life => LiveAsync([.. life]).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Lives).WithQuietOnSuccess(true)));
    }

    private async Task LiveAsync(IReadOnlyList<Step> life)
    {
        // Everybody has belonged for a while: a clock that is set back finds them there.
        database.Time.Now = Begin.AddHours(-1);
        var world = await World.FoundAsync(database);
        database.Time.Now = Begin;
        foreach (var step in life)
        {
            await world.DoAsync(step);
            await world.CheckAsync(step.ToString());
        }

        await world.EndAsync();
    }

    private sealed class World(CareDatabase database, Community c, IReadOnlyList<Actor> people, Actor manager)
    {
        private readonly List<Guid> instructions = [];
        private readonly HashSet<Guid> team = [];

        public static async Task<World> FoundAsync(CareDatabase database)
        {
            // The people join by name alone, so that each comes and goes; the care manager looks on throughout.
            var c = await database.FoundAsync();
            var people = new List<Actor> { c.Physician };
            people.Add(await c.JoinAsync("森 隆之", Profession.Physician, "森内科", OrganisationKind.Clinic));
            people.Add(c.Nurse);
            people.Add(await c.JoinAsync("大野 拓也", Profession.Nurse, "みなと訪問看護", OrganisationKind.NursingStation));
            people.Add(c.OtherNurse);
            var manager = await c.JoinAsync("山田 由美", Profession.CareManager, "港ケアプラン", OrganisationKind.CareManagementOffice);
            await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.Nurse.OrganisationId!.Value));
            await c.Must(c.Admin, new LeaveCareTeam(c.Patient, c.Physician.OrganisationId!.Value));
            await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: manager.PersonId));
            var world = new World(database, c, people, manager);
            foreach (var person in people)
            {
                await world.JoinAsync(person);
            }

            return world;
        }

        private async Task JoinAsync(Actor person)
        {
            await c.Must(c.Admin, new JoinCareTeam(c.Patient, PersonId: person.PersonId));
            team.Add(person.PersonId);
        }

        /// <summary>Of nobody, of a profession or of a person, before it is done or closed.</summary>
        private static CountersignRequest? AnyCountersign(int number, Actor person) => (number % 2 == 0 ? CountersignBefore.Do : CountersignBefore.Close, number % 4) switch
        {
            (_, 0) => null,
            (var before, 1) => new CountersignRequest(before, null, Profession.Physician),
            (var before, 2) => new CountersignRequest(before, null, Profession.Nurse),
            (var before, _) => new CountersignRequest(before, person.PersonId),
        };

        private Guid Any(int which) => instructions.Count == 0 ? Guid.CreateVersion7() : instructions[which % instructions.Count];

        public async Task DoAsync(Step step)
        {
            var who = people[step.Who];
            var nurse = people[2 + (step.Who % 3)];
            switch (step.Kind)
            {
                case Kind.Issue when instructions.Count < 5:
                    var issue = c.Instruct($"指示 {step.Number}") with
                    {
                        Urgency = (Urgency)(step.Number % 3),
                        Addressee = (step.Number % 4) switch
                        {
                            0 => new Addressee(AddresseeKind.WhoeverVisitsNext),
                            1 => new Addressee(AddresseeKind.Profession, null, Profession.Nurse),
                            _ => new Addressee(AddresseeKind.Person, nurse.PersonId),
                        },
                        Countersign = AnyCountersign(step.Number / 12, people[step.Number / 48 % 5]),
                        Standing = step.Number / 240 % 4 == 0 ? new StandingOrder(database.Time.Now.AddDays(1 + (step.Number % 5))) : null,
                    };
                    if (await c.DoAsync(people[step.Who % 2], issue) is Outcome.Done)
                    {
                        instructions.Add(issue.InstructionId);
                    }

                    break;
                case Kind.Verbal when instructions.Count < 5:
                    var verbal = new EnterVerbalOrder(Guid.CreateVersion7(), c.Patient, people[step.Number % 2].PersonId, InstructionKind.Treatment, $"口頭 {step.Number}", ReadBack: true, Urgency: (Urgency)(step.Number % 3));
                    if (await c.DoAsync(nurse, verbal) is Outcome.Done)
                    {
                        instructions.Add(verbal.InstructionId);
                    }

                    break;
                case Kind.Ask when instructions.Count < 5:
                    var ask = new RaiseRequest(Guid.CreateVersion7(), c.Patient, InstructionKind.Question, $"質問 {step.Number}", (step.Number % 3) switch
                    {
                        0 => new Addressee(AddresseeKind.Profession, null, Profession.Physician),
                        var n => new Addressee(AddresseeKind.Person, people[n - 1].PersonId),
                    }, (Urgency)(step.Number / 3 % 3));
                    if (await c.DoAsync(nurse, ask) is Outcome.Done)
                    {
                        instructions.Add(ask.RequestId);
                    }

                    break;
                case Kind.Reply:
                    await c.DoAsync(who, new AnswerRequest(Any(step.Which), "はい"));
                    break;
                case Kind.Change:
                    await c.DoAsync(people[step.Who % 2], new ChangeInstruction(Any(step.Which), $"変更 {step.Number}", "訂正"));
                    break;
                case Kind.Confirm:
                    await c.DoAsync(people[step.Who % 2], new ConfirmVerbalOrder(Any(step.Which)));
                    break;
                case Kind.Reject:
                    await c.DoAsync(people[step.Who % 2], new RejectVerbalOrder(Any(step.Which), "言っていない"));
                    break;
                case Kind.Read:
                    await c.DoAsync(who, new MarkInstructionRead(Any(step.Which)));
                    break;
                case Kind.Take:
                    await c.DoAsync(nurse, new TakeInstruction(Any(step.Which), Countersign: step.Number % 5 == 0 ? new CountersignRequest(CountersignBefore.Do, null, Profession.Nurse) : null));
                    break;
                case Kind.Countersign:
                    await c.DoAsync(who, new CountersignInstruction(Any(step.Which)));
                    break;
                case Kind.Question:
                    await c.DoAsync(nurse, new QuestionInstruction(Any(step.Which), "?"));
                    break;
                case Kind.Answer:
                    await c.DoAsync(people[step.Who % 2], new AnswerQuestion(Any(step.Which), "はい"));
                    break;
                case Kind.Complete:
                    await c.DoAsync(nurse, new CompleteInstruction(Any(step.Which), "実施", database.Time.Now));
                    break;
                case Kind.Decline:
                    await c.DoAsync(nurse, new DeclineInstruction(Any(step.Which), "不在"));
                    break;
                case Kind.Close:
                    await c.DoAsync(people[step.Who % 2], new CloseInstruction(Any(step.Which), step.Number % 3 == 0 ? "方針変更" : null));
                    break;
                case Kind.Join:
                    await JoinAsync(who);
                    break;
                case Kind.Leave:
                    await c.Must(c.Admin, new LeaveCareTeam(c.Patient, who.PersonId));
                    team.Remove(who.PersonId);
                    break;
                case Kind.SetRota:
                    await SetRotaAsync([.. people.Where((_, i) => (step.Number >> i) % 2 == 0)]);
                    break;
                case Kind.ClockMoves:
                    // Sometimes a machine's clock is set back a little.
                    var moved = database.Time.Now.AddMinutes(step.Number % 7 == 0 ? -(step.Number % 5) : step.Number % 400);
                    database.Time.Now = moved < Begin ? Begin : moved; // before that nobody had joined
                    break;
                case Kind.NodesGoRound:
                    await Task.WhenAll(Node().AskAsync(), Node().AskAsync());
                    break;
                case Kind.NodeDies:
                    await DieAsync(step.Number);
                    break;
            }
        }

        private Escalations Node() => new(database.Source, database.Care, database.Time);

        /// <summary>A node is killed somewhere within its round: what it sent stands, and the rest is for another.</summary>
        private async Task DieAsync(int after)
        {
            using var killed = new CancellationTokenSource(TimeSpan.FromMicroseconds(after % 5000));
            try
            {
                await Node().AskAsync(killed.Token);
            }
            catch (Exception e) when (e is OperationCanceledException || killed.IsCancellationRequested)
            {
                // It is gone.
            }
        }

        private async Task SetRotaAsync(IReadOnlyList<Actor> onCall) => await c.Must(c.Admin, new SetPatientCover(c.Patient,
            [.. onCall.Where(p => team.Contains(p.PersonId)).Select(p => new CoverStep(PersonId: p.PersonId))]));

        private async Task<IReadOnlyList<InstructionCard>> CardsAsync() =>
            (await c.Instructions.OfPatientAsync(manager, c.Patient, closedToo: true)).ShouldNotBeNull();

        public async Task CheckAsync(string after)
        {
            foreach (var card in await CardsAsync())
            {
                if (card.Status == InstructionStatus.Closed)
                {
                    (card.Outcome is not null || card.Withdrawn is not null || card.Status == InstructionStatus.Expired).ShouldBeTrue(after);
                    continue;
                }

                var owner = card.Owner.ShouldNotBeNull(after);
                if (owner.PersonId is { } person)
                {
                    team.ShouldContain(person, $"{after}: {card.Status} belongs to {owner.Name}, who is not there");
                    owner.Why.ShouldBeNull(after);
                }
                else
                {
                    owner.IsNobody.ShouldBeTrue(after);
                    card.NeedsLookingAfter(database.Time.Now).ShouldBeTrue($"{after}: nobody's, and the care manager does not see it");
                }
            }

            foreach (var instruction in instructions)
            {
                var state = await StateAsync(instruction);
                (state.CountersignedBy is { } signed && (signed == state.Issued!.IssuerId || signed == state.TakenBy)).ShouldBeFalse($"{after}: countersigned their own");
                var round = state.Asked.Reverse().TakeWhile(a => a is not null).ToList();
                round.Distinct().Count().ShouldBe(round.Count, $"{after}: somebody was asked twice for the same");
            }
        }

        private async Task<Instruction> StateAsync(Guid id) => (await database.Store.ReadStreamAsync(c.Tenant, Instruction.StreamOf(id))).Events.Aggregate(Instruction.Initial, (s, e) => s.Apply(e.Data));

        /// <summary>Those who are asked do what they are asked. While nobody can, it stays visible; once somebody is there again, it ends.</summary>
        public async Task EndAsync()
        {
            for (var i = 0; i < 36; i++)
            {
                database.Time.Now = database.Time.Now.AddHours(13);
                await Node().AskAsync();
                await CheckAsync($"end {i}");
                if (i == 10)
                {
                    await JoinAsync(people[0]);
                }

                // Whoever is asked acts before the next is asked: one takes it, another countersigns, the first carries it out, the issuer closes it.
                for (var turn = 0; turn < 4; turn++)
                {
                    foreach (var card in (await CardsAsync()).Where(x => x.Status != InstructionStatus.Closed))
                    {
                        if (people.FirstOrDefault(p => p.PersonId == card.Owner!.PersonId) is { } owner)
                        {
                            await ActAsync(owner, card);
                        }
                        else if (card.IsOver && card.Kind.IsRequest() && card.Asked.Count > 0)
                        {
                            // Answered, and nobody is left whom it concerned: the care manager, who sees it, ends it.
                            await c.Must(manager, new CloseRequest(card.InstructionId));
                        }
                    }
                }
            }

            (await CardsAsync()).ShouldAllBe(x => x.Status == InstructionStatus.Closed);
        }

        private async Task ActAsync(Actor owner, InstructionCard card)
        {
            var id = card.InstructionId;
            if (card.MayCountersign(owner))
            {
                await c.Must(owner, new CountersignInstruction(id));
                return;
            }

            if (card.Kind.IsRequest())
            {
                await c.DoAsync(owner, new AnswerRequest(id, "はい"));
                await c.DoAsync(owner, new CloseRequest(id, "了解"));
                return;
            }

            if (owner.Profession == Profession.Physician)
            {
                await c.DoAsync(owner, new ConfirmVerbalOrder(id));
                await c.DoAsync(owner, new AnswerQuestion(id, "はい"));
                await c.Must(owner, new CloseInstruction(id, "確認"));
                return;
            }

            await c.Must(owner, new TakeInstruction(id));
            if ((await StateAsync(id)).AwaitsCountersign)
            {
                await c.Refused(owner, new CompleteInstruction(id, "実施", database.Time.Now), RefusalKind.Conflict, "instruction.not_countersigned");
                return;
            }

            await c.Must(owner, new CompleteInstruction(id, "実施", database.Time.Now));
        }
    }
}
