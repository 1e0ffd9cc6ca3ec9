using HomeCare.Testing;

namespace HomeCare.Tests;

public sealed class GroundTests
{
    [Fact]
    public void the_tests_run_inside_the_repository() =>
        File.Exists(Repository.Path("Directory.Packages.props")).ShouldBeTrue();
}
