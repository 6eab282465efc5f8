import Dispatch
import Synchronization

/// Runs a few equal pieces of work side by side and waits for all of them.
enum Parallel {
    static func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @Sendable (Input) throws(LedgerError) -> Output
    ) throws(LedgerError) -> [Output] {
        // Handing out one piece would cost more than running it here.
        if inputs.count == 1 { return [try body(inputs[0])] }
        let results = Mutex<[Int: Result<Output, LedgerError>]>([:])
        DispatchQueue.concurrentPerform(iterations: inputs.count) { index in
            let result: Result<Output, LedgerError>
            do throws(LedgerError) {
                result = .success(try body(inputs[index]))
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[index] = result }
        }
        var outputs: [Output] = []
        for index in inputs.indices {
            guard let result = results.withLock({ $0[index] }) else { continue }
            outputs.append(try result.get())
        }
        return outputs
    }
}
