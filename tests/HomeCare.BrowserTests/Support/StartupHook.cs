using System.Diagnostics;
using System.Globalization;
using System.Reflection;

/// <summary>
/// Loaded by the runtime into a host under test (<c>DOTNET_STARTUP_HOOKS</c>): its clock is ahead of the machine's by the minutes that the file
/// of HOMECARE_TEST_CLOCK holds. The product knows nothing of it: the clock takes the place of the host's <see cref="TimeProvider"/>.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("HOMECARE_TEST_CLOCK") is { Length: > 0 } file)
        {
            DiagnosticListener.AllListeners.Subscribe(new Hosts(new AheadClock(file)));
        }
    }

    private sealed class AheadClock(string file) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() =>
            base.GetUtcNow().AddMinutes(File.Exists(file) && int.TryParse(File.ReadAllText(file), CultureInfo.InvariantCulture, out var minutes) ? minutes : 0);
    }

    /// <summary>Waits for the host to be built, as the test servers of ASP.NET do. The hosting types are not referenced here, so they are found at run time.</summary>
    private sealed class Hosts(TimeProvider clock) : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
    {
        public void OnNext(DiagnosticListener value)
        {
            if (value.Name == "Microsoft.Extensions.Hosting")
            {
                value.Subscribe(this);
            }
        }

        public void OnNext(KeyValuePair<string, object?> value)
        {
            if (value is { Key: "HostBuilding", Value: { } builder })
            {
                var configure = builder.GetType().GetInterfaces().Single(i => i.FullName == "Microsoft.Extensions.Hosting.IHostBuilder").GetMethod("ConfigureServices")!;
                var arguments = configure.GetParameters()[0].ParameterType.GetGenericArguments();
                var replace = typeof(Hosts).GetMethod(nameof(Replace), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(arguments);
                configure.Invoke(builder, [replace.CreateDelegate(configure.GetParameters()[0].ParameterType, this)]);
            }
        }

        private void Replace<TContext, TServices>(TContext context, TServices services)
        {
            // The last one registered is the one that is given out.
            var collection = typeof(TServices).GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICollection<>));
            var descriptor = Activator.CreateInstance(collection.GetGenericArguments()[0], typeof(TimeProvider), clock)!;
            collection.GetMethod("Add")!.Invoke(services, [descriptor]);
        }

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
