using System.Globalization;
using HomeCare.EventStore;
using HomeCare.Organisations;
using HomeCare.Patients;
using HomeCare.People;
using HomeCare.Timeline;
using HomeCare.VitalSigns;
using Npgsql;

namespace HomeCare.Benchmarks;

/// <summary>A community of synthetic people in a database: the product's own store with all its views, and its one write path.</summary>
internal sealed class BenchTown : IAsyncDisposable
{
    public const string Tenant = "minato";

    /// <param name="nurse">who records; must be on record</param>
    public BenchTown(NpgsqlDataSource db, Actor nurse)
    {
        (Db, Nurse) = (db, nurse);
        Store = new(db, CareEvents.Types(), CareEvents.Views, TimeProvider.System);
        Access = new(db, TimeProvider.System);
        Care = new(Store, Access, new Commands(), TimeProvider.System);
        Timeline = new(Store, Access);
    }

    public NpgsqlDataSource Db { get; }

    public EventStore.EventStore Store { get; }

    public Access Access { get; }

    public Care Care { get; }

    public TimelineReader Timeline { get; }

    public Actor Nurse { get; }

    private static Actor Tanaka { get; } = new(
        Tenant, Ids.Of("bench", "nurse"), "田中 看護師", Profession.Nurse, Ids.Of("bench", "station"), "みなと訪問看護ステーション");

    public static async Task<BenchTown> FoundAsync(NpgsqlDataSource db)
    {
        var town = new BenchTown(db, Tanaka);
        await town.Store.MigrateAsync();
        await new ReadMarks(town.Store, town.Access, TimeProvider.System).MigrateAsync();
        var import = Actor.Importing(Tenant, "bench");
        await town.DoAsync(import, new RegisterPerson(Tanaka.PersonId, Tanaka.Name, null, Tanaka.Profession));
        await town.DoAsync(import, new RegisterOrganisation(Tanaka.OrganisationId!.Value, Tanaka.OrganisationName!, OrganisationKind.NursingStation));
        await town.DoAsync(import, new JoinOrganisation(Tanaka.PersonId, Tanaka.OrganisationId!.Value, Tanaka.Profession));
        return town;
    }

    /// <summary>Registers people whom the nurse's station cares for.</summary>
    public async Task<Guid[]> RegisterAsync(int count, string name)
    {
        var patients = Enumerable.Range(0, count).Select(i => Ids.Of("bench", name, i.ToString(CultureInfo.InvariantCulture))).ToArray();
        await Parallel.ForEachAsync(patients, new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (patient, _) =>
            await DoAsync(Nurse, new RegisterPatient(patient, new("岡本", "フミ", "オカモト", "フミ", new DateOnly(1938, 3, 4), Sex.Female))));
        return patients;
    }

    /// <summary>A whole command: validated, authorised, decided, written. Every one is another.</summary>
    public async Task<Receipt> DoAsync<TState>(Actor by, ICommand<TState> command) where TState : class, IState<TState> =>
        await Care.DoAsync(new CommandContext(by, Guid.CreateVersion7()) { Device = "tablet" }, command) switch
        {
            Outcome.Done done => done.Receipt,
            var other => throw new InvalidOperationException($"A command of the benchmark was not done: {other}."),
        };

    public static RecordVitals Record(Random random, Guid patient) => new(Guid.CreateVersion7(), patient, Vitals(random), Comment: Comment);

    /// <summary>What <see cref="Record"/> decides, to be appended past the command.</summary>
    public VitalsRecorded Recorded(Random random, Guid patient, int days = 30) =>
        new(Guid.CreateVersion7(), patient, Vitals(random, days), [], null, Comment, null, null, Nurse.PersonId);

    /// <summary>An append of it as the write path makes it, command id and headers included.</summary>
    public Append AppendOf(VitalsRecorded e) => new(Nurse.TenantId, [new(VitalSigns.Measurement.StreamOf(e.MeasurementId), VitalSigns.Measurement.StreamType, ExpectedVersion.New, [e])])
    {
        Command = new(Guid.CreateVersion7(), Nurse.PersonId.ToString(), System.Security.Cryptography.SHA256.HashData(e.MeasurementId.ToByteArray())),
        UserName = Nurse.PersonId.ToString(),
        Headers = Headers,
    };

    private Dictionary<string, string> Headers => new(StringComparer.Ordinal)
    {
        ["person_id"] = Nurse.PersonId.ToString(), ["person_name"] = Nurse.Name, ["profession"] = "Nurse",
        ["organisation_id"] = Nurse.OrganisationId!.Value.ToString(), ["organisation_name"] = Nurse.OrganisationName!, ["device"] = "tablet",
    };

    /// <summary>Appends many events, twenty a transaction's command, patiently.</summary>
    public Task FillAsync(IEnumerable<VitalsRecorded> events) =>
        Parallel.ForEachAsync(events.Chunk(20), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (chunk, _) =>
        {
            for (var append = new Append(Nurse.TenantId, [.. chunk.SelectMany(e => AppendOf(e).Streams)]) { Headers = Headers, UserName = Nurse.PersonId.ToString() }; ;)
            {
                try
                {
                    await Store.AppendAsync(append, CancellationToken.None);
                    return;
                }
                catch (StoreBusy)
                {
                    await Task.Delay(100, CancellationToken.None);
                }
            }
        });

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private const string Comment = "食事は全量摂取。排便あり。右足背に軽度の浮腫、圧痛なし。服薬カレンダー確認、残薬なし。";

    /// <summary>Six usual values, measured within the last days.</summary>
    private static Vitals Vitals(Random random, int days = 30) => new(TimeProvider.System.GetUtcNow().AddSeconds(-random.Next(60, days * 86400)))
    {
        Temperature = 36 + random.Next(9) / 10m,
        Pulse = random.Next(60, 90),
        Respiration = random.Next(13, 20),
        Systolic = random.Next(105, 135),
        Diastolic = random.Next(62, 84),
        SpO2 = random.Next(96, 100),
    };
}
