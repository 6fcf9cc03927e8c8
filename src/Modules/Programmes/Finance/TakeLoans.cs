using Shouwang.Kernel;
using Shouwang.Platform.Plugins;

namespace Shouwang.Modules.Programmes.Finance;

/// <summary>Takes in the banks' ledger of micro-loans; the latest ledger tells a contract's balance and arrears.</summary>
internal sealed class TakeLoans(RecordFiles files) : IFeed
{
    public string Kind => "loans";

    public int Order => 47;

    public bool CountsUnmatched => true;

    public Task<IFeedRun> Begin(FeedIntake intake, CancellationToken cancel)
    {
        int contract = intake.Index("contract"), bank = intake.Index("bank"), id = intake.Index("idno"), amount = intake.Index("amount"),
            rate = intake.Index("rate"), lent = intake.Index("start"), due = intake.Index("due"), extended = intake.Index("extended"),
            balance = intake.Index("balance"), overdue = intake.Index("overdue"), purpose = intake.Index("purpose");

        return files.Begin(intake, new(MicroLoan.Table, "contract", row => row.Text(contract), row =>
        [
            row.Text(bank), row.Fen(amount) ?? 0, row.Exact(rate), row.Date(lent), row.Date(due), row.Date(extended),
            row.Fen(balance) ?? 0, row.Whole(overdue) ?? 0, row.Text(purpose), AgeWhenLent(row.Text(id), row.Date(lent)),
        ]));
    }

    public Task Undo(string county, Guid import, CancellationToken cancel) => files.Undo(MicroLoan.Table, county, import, cancel);

    // Digits 7–14 survive even where a spreadsheet has turned the id into a number.
    private static int? AgeWhenLent(string? id, DateOnly? lent) =>
        lent is { } day && CitizenId.BirthDate(id) is { } born && born <= day ? Ages.On(born, day) : null;
}
