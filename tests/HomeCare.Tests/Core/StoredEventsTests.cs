using System.Reflection;
using System.Text.Json;
using HomeCare.EventStore;

namespace HomeCare.Tests.Core;

/// <summary>What was stored once is read for ever: a sample of each event's JSON as it stands in databases.</summary>
public sealed class StoredEventsTests
{
    private static readonly EventTypes Types = CareEvents.Types();

    public static TheoryData<string> Names => [.. Types.All.Keys.Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Names))]
    public void a_stored_event_is_read_and_written_the_same(string name)
    {
        var sample = Sample(name);
        Types.TryGetType(name, out var type).ShouldBeTrue();
        var read = JsonSerializer.Deserialize(sample, type!, Types.Json).ShouldNotBeNull();
        JsonSerializer.Serialize(read, type!, Types.Json).ShouldBe(sample);
    }

    [Fact]
    public void every_event_record_of_the_care_has_a_name()
    {
        var events = typeof(CareEvents).Assembly.GetTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(IPatientEvent)));
        events.ShouldAllBe(t => Types.All.Values.Contains(t));
    }

    private static string Sample(string name)
    {
        var file = Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "Samples", $"{name}.json");
        File.Exists(file).ShouldBeTrue($"There is no sample of {name}: put one as stored into tests/HomeCare.Tests/Samples/{name}.json.");
        return File.ReadAllText(file).TrimEnd();
    }
}
