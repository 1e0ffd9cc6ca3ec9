using HomeCare.Web;
using HomeCare.Web.Operations;

// The one place that writes to the terminal by itself: what scripts wait for, and why the host cannot start.
#pragma warning disable RS0030
try
{
    return args is ["import", .. var files] ? await HomeCareHost.ImportAsync(files, Console.Out, Console.Error)
        : args is [var verb, ..] && StoreCommands.Knows(verb) ? await HomeCareHost.OperateAsync(args, Console.Out, Console.Error)
        : await HomeCareHost.ServeAsync(args, ready: address => Console.WriteLine($"Ready: {address}"));
}
catch (CannotStart cannot)
{
    Console.Error.WriteLine(cannot.Message);
    return 1;
}
